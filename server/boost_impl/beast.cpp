// The compiled half of Beast (BOOST_BEAST_SEPARATE_COMPILATION); see asio.cpp.
#include <boost/beast/src.hpp>
