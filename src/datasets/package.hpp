#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::datasets {

/// The files of a folder or a packed folder, some of them read.
struct Package {
  std::vector<std::string> names;            ///< of every file, relative, folders divided by '/', sorted
  std::map<std::string, std::string> texts;  ///< of the files that were wanted
};

/// Reads in one pass what `wanted(name)` asks for. `source` is a folder (its own name is part of the names,
/// so that a visit's folder alone still says whose it is), or anything libarchive unpacks. Errors: nothing
/// there, not an archive, damaged (says after which file), a file over 256 MiB.
[[nodiscard]] core::Result<Package> read_package(const std::filesystem::path& source,
                                                 const std::function<bool(const std::string&)>& wanted);

}  // namespace attune::datasets
