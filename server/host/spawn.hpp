// Runs a coroutine on another io_context and comes back with its result.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace plenary::host {

// `function` is a callable that returns asio::awaitable<T>; it lives until that has ended. The
// caller goes on where it was.
template <typename Function>
auto spawn_at(boost::asio::io_context& context, Function function) -> decltype(function()) {
  co_return co_await boost::asio::co_spawn(context, std::move(function),
                                           boost::asio::use_awaitable);
}

}  // namespace plenary::host
