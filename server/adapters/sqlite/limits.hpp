// Bounds of the SQLite log, with what happens at them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace plenary::adapters {

// Operations that wait for the log's thread, and their bytes; one more is Unavailable.
inline constexpr std::size_t kMaxWaitingOperations = 20'000;
inline constexpr std::size_t kMaxWaitingBytes = 64UL << 20;

// Of one record, of one snapshot; larger is Unavailable. Far above what a session's limits let
// grow.
inline constexpr std::size_t kMaxRecordBytes = 16UL << 20;
inline constexpr std::size_t kMaxSnapshotBytes = 64UL << 20;

// Heads of streams kept in memory; at the bound all are dropped and read again when needed.
inline constexpr std::size_t kMaxCachedHeads = 100'000;

// Records deleted in one transaction, so that removing a large session doesn't hold up the others.
inline constexpr int kRemovedAtOnce = 2'000;

// A checkpoint copies the WAL into the database and costs two fsyncs, for which appends wait. So it
// comes when nothing has been written for a while, or, under steady load, when the WAL has grown
// this long.
inline constexpr std::chrono::milliseconds kQuietBeforeCheckpoint{500};
inline constexpr int kCheckpointAtPages = 4'000;  // of 4 KiB
// The WAL file is cut to this size after a checkpoint that found it longer.
inline constexpr std::int64_t kWalBytesKept = 32L << 20;

}  // namespace plenary::adapters
