#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

/// The OpenXR runtime that is active: whom the loader will load.
struct RuntimeManifest {
  std::filesystem::path path;
  std::string from;     ///< what names it: the variable or folder
  std::string library;  ///< to be opened: an absolute path, or a name in the system's own folders
};

/// Finds it where the loader looks (OpenXR 1.0, "Loader Design": XR_RUNTIME_JSON, then
/// openxr/1/active_runtime.json in the folders of configuration), and reads it as the loader does. When there
/// is none or it is broken, `problem` says what and where, and what to do.
[[nodiscard]] std::optional<RuntimeManifest> find_runtime(Finding& problem);

/// Opens the runtime's library as the loader will. False when it cannot be opened or is no runtime; `problem`
/// as above. It stays open.
[[nodiscard]] bool open_runtime(const RuntimeManifest& manifest, Finding& problem);

/// Folders of the loader's search, `inner` of each, as "openxr/1/api_layers/implicit.d": of configuration,
/// first one first, and of data where wanted.
[[nodiscard]] std::vector<std::filesystem::path> loader_folders(const std::string& inner, bool with_data);

}  // namespace attune::cli::doctor
