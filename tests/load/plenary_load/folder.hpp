// A folder of its own for what a child program writes; removed with this object.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "child.hpp"

namespace load {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "plenary-load-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) fail("cannot make a folder for the server's data");
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace load
