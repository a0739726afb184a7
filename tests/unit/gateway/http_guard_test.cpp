#include "gateway/http_guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace plenary::gateway {
namespace {

std::string fault_of(const std::string& head) {
  return std::string(head_fault(head).value_or(""));
}

const std::string kGet = "GET / HTTP/1.1\r\nHost: a\r\n";

TEST(HttpGuard, WhatBrowsersSendPasses) {
  EXPECT_EQ(fault_of(kGet + "\r\n"), "");
  EXPECT_EQ(fault_of(kGet + "Accept-Encoding: gzip, br;q=0.5\r\nX-Empty:\r\nX-Tab: a\tb\r\n\r\n"),
            "");
  EXPECT_EQ(fault_of("POST /api/v1/enter?x=%20 HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n"),
            "");
  EXPECT_EQ(fault_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), "");
  EXPECT_EQ(fault_of("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST(HttpGuard, SmugglingShapesAreRefused) {
  EXPECT_EQ(fault_of(kGet + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
            "both content length and transfer encoding");
  EXPECT_EQ(fault_of(kGet + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n"),
            "more than one content length");
  EXPECT_EQ(fault_of(kGet + "Content-Length: 1, 1\r\n\r\n"), "content length");
  EXPECT_EQ(fault_of(kGet + "Content-Length: +1\r\n\r\n"), "content length");
  EXPECT_EQ(fault_of(kGet + "Content-Length: 0x1\r\n\r\n"), "content length");
  EXPECT_EQ(fault_of(kGet + "Content-Length:\r\n\r\n"), "content length");
  EXPECT_EQ(fault_of(kGet + "Content-Length: 9999999999999999999\r\n\r\n"), "content length");
  EXPECT_EQ(fault_of(kGet + "Transfer-Encoding: xchunked\r\n\r\n"), "transfer encoding");
  EXPECT_EQ(fault_of(kGet + "Transfer-Encoding: gzip, chunked\r\n\r\n"), "transfer encoding");
  EXPECT_EQ(fault_of(kGet + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
            "more than one transfer encoding");
  EXPECT_EQ(fault_of(kGet + "Content-Length : 1\r\n\r\n"), "field name");
  EXPECT_EQ(fault_of(kGet + "X: a\r\n b\r\n\r\n"), "folded line");
  EXPECT_EQ(fault_of(kGet + "\tX: a\r\n\r\n"), "folded line");
  EXPECT_EQ(fault_of(kGet + "X: a\rTransfer-Encoding: chunked\r\n\r\n"), "line ending");
  EXPECT_EQ(fault_of("GET / HTTP/1.1\nHost: a\n\n"), "line ending");
  EXPECT_EQ(fault_of(kGet + "X: a\nY: b\r\n\r\n"), "line ending");
  EXPECT_EQ(fault_of(kGet + "X: a" + std::string(1, '\0') + "b\r\n\r\n"), "control character");
  EXPECT_EQ(fault_of(kGet + ": nameless\r\n\r\n"), "field name");
  EXPECT_EQ(fault_of(kGet + "no colon\r\n\r\n"), "field without colon");
  EXPECT_EQ(fault_of(kGet + "Host: b\r\n\r\n"), "host");
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\n\r\n"), "host");
}

TEST(HttpGuard, OldVersionsDoNotUpgrade) {
  EXPECT_EQ(fault_of("GET / HTTP/1.0\r\nUpgrade: websocket\r\n\r\n"), "not of HTTP/1.0");
  EXPECT_EQ(fault_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "not of HTTP/1.0");
}

TEST(HttpGuard, RequestLines) {
  EXPECT_EQ(fault_of("GET  HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(fault_of("GET / HTTP/1.1 \r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(fault_of("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(fault_of("GET /#x HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(fault_of("G(T / HTTP/1.1\r\nHost: a\r\n\r\n"), "method");
  EXPECT_EQ(fault_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), "version");
  EXPECT_EQ(fault_of("GET / http/1.1\r\nHost: a\r\n\r\n"), "version");
  EXPECT_EQ(fault_of("\x16\x03\x01\r\n\r\n"), "request line") << "TLS on a plain port";
  EXPECT_EQ(fault_of("\r\n\r\n"), "empty line");
}

TEST(HttpGuard, FindsTheEndOfTheHead) {
  EXPECT_EQ(head_length("GET / HTTP/1.1\r\nHost: a\r\n"), std::nullopt);
  EXPECT_EQ(head_length("ab\r\n\r\ncd"), 6u);
  EXPECT_EQ(head_length("ab\n\ncd\r\n\r\n"), 4u) << "found, so that it is refused at once";
}

}  // namespace
}  // namespace plenary::gateway
