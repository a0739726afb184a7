#include "contract/failing_vfs.hpp"

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

namespace plenary::contract::failing_vfs {

namespace {

std::mutex mutex;
std::condition_variable changed;
bool is_full = false;
bool syncs_fail = false;
bool syncs_held = false;
int held = 0;
int sync_count = 0;

sqlite3_vfs* system_vfs = nullptr;

// SQLite allocates szOsFile bytes: ours in front, the system's behind.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* ours(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return ours(file)->real();
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  sqlite3_file* target = real(file);
  {
    const std::scoped_lock lock(mutex);
    sqlite3_int64 size = 0;
    if (is_full && target->pMethods->xFileSize(target, &size) == SQLITE_OK &&
        offset + count > size) {
      target->pMethods->xWrite(target, bytes, count / 2, offset);
      return SQLITE_FULL;
    }
  }
  return target->pMethods->xWrite(target, bytes, count, offset);
}

int sync(sqlite3_file* file, int flags) {
  {
    std::unique_lock lock(mutex);
    ++sync_count;
    if (syncs_fail) return SQLITE_IOERR_FSYNC;
    if (syncs_held) {
      ++held;
      changed.notify_all();
      changed.wait(lock, [] { return !syncs_held; });
      --held;
    }
  }
  return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods kMethods = {
    .iVersion = 1,
    .xClose = [](sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); },
    .xRead =
        [](sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
          return real(file)->pMethods->xRead(real(file), bytes, count, offset);
        },
    .xWrite = write,
    .xTruncate =
        [](sqlite3_file* file, sqlite3_int64 size) {
          return real(file)->pMethods->xTruncate(real(file), size);
        },
    .xSync = sync,
    .xFileSize =
        [](sqlite3_file* file, sqlite3_int64* size) {
          return real(file)->pMethods->xFileSize(real(file), size);
        },
    .xLock = [](sqlite3_file* file,
                int level) { return real(file)->pMethods->xLock(real(file), level); },
    .xUnlock = [](sqlite3_file* file,
                  int level) { return real(file)->pMethods->xUnlock(real(file), level); },
    .xCheckReservedLock =
        [](sqlite3_file* file, int* result) {
          return real(file)->pMethods->xCheckReservedLock(real(file), result);
        },
    .xFileControl =
        [](sqlite3_file* file, int operation, void* argument) {
          return real(file)->pMethods->xFileControl(real(file), operation, argument);
        },
    .xSectorSize = [](sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
    // Shared memory and mapping are of later versions; the store, opened exclusively, needs
    // neither.
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, sqlite3_filename path, sqlite3_file* file, int flags, int* out_flags) {
  const int code = system_vfs->xOpen(system_vfs, path, real(file), flags, out_flags);
  file->pMethods = real(file)->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

sqlite3_vfs* make() {
  system_vfs = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs vfs = *system_vfs;
  vfs.zName = "plenary-failing";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + system_vfs->szOsFile;
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  sqlite3_vfs_register(&vfs, 0);
  return &vfs;
}

}  // namespace

const char* name() {
  static sqlite3_vfs* const vfs = make();
  const std::scoped_lock lock(mutex);
  is_full = syncs_fail = syncs_held = false;
  sync_count = 0;
  return vfs->zName;
}

void set_full(bool full) {
  const std::scoped_lock lock(mutex);
  is_full = full;
}
void fail_syncs(bool failing) {
  const std::scoped_lock lock(mutex);
  syncs_fail = failing;
}
void hold_syncs(bool hold) {
  const std::scoped_lock lock(mutex);
  syncs_held = hold;
  changed.notify_all();
}
int wait_until_held() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return held > 0; });
  return sync_count;
}
int syncs() {
  const std::scoped_lock lock(mutex);
  return sync_count;
}

}  // namespace plenary::contract::failing_vfs
