#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

/// Who is in the folder of a public set.
namespace attune::cli {

/// What stands for a person in a folder, by name: everything that is not hidden. Errors: no such folder,
/// nobody.
core::Result<std::vector<std::filesystem::path>> people_in(const std::filesystem::path& folder);

/// The people of CEAP-360VR, "P01", by any of their three files, so that one that is missing is missed.
/// Errors: a file is missing, or nobody is there.
core::Result<std::vector<std::string>> ceap_participants_in(const std::filesystem::path& folder);

/// The folder of a set: `given` itself, or the one of the set's name in it. Errors: there is no such folder.
core::Result<std::filesystem::path> folder_of_set(const std::filesystem::path& given,
                                                  const std::string& folder_name);

}  // namespace attune::cli
