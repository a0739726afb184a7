// A ready-made WebSocket message: one binary, unfragmented, unmasked frame (RFC 6455, 5.2), made
// once and shared by every connection that gets it. Immutable; may be read from any thread.
#pragma once

#include <memory>
#include <string>

#include "plenary/v1/wire.pb.h"

namespace plenary::fanout {

using Frame = std::shared_ptr<const std::string>;

Frame make_frame(const plenary::v1::ServerBatch& batch);
Frame make_frame(const plenary::v1::ServerMessage& message);  // a batch of one

}  // namespace plenary::fanout
