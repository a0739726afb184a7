// The compiled half of Asio (BOOST_ASIO_SEPARATE_COMPILATION), once for the whole program, so that
// every other file reads declarations only. It belongs to no layer and holds no code of ours,
// therefore it has a folder of its own; the layers that may use Asio link plenary_asio.
#include <boost/asio/impl/src.hpp>
