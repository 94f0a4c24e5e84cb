#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::core {

/// The whole of a file as text. Errors: missing, a folder, or unreadable.
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& path);

/// Writes `content` under a temporary name beside `path`, then renames it: readers see the old file or the
/// whole new one. Errors: the folder is missing or not writable, the disk is full.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& path, std::string_view content);

/// Whether `write_whole` could write there now, for whoever works long before they do. Leaves nothing behind.
/// Errors: there is no such folder, `path` is a folder, nothing can be written there.
[[nodiscard]] Result<void> can_be_written(const std::filesystem::path& path);

/// Error when `path` exists already: nothing that is there is overwritten. `option` is how the user named it.
[[nodiscard]] Result<void> must_not_exist(const std::filesystem::path& path, std::string_view option);

/// The folder that holds worlds, programmes, populations, recordings: `$ATTUNE_ASSETS`, else the `assets`
/// beside or above the running program, else the one of the source tree this was built from.
[[nodiscard]] std::filesystem::path assets_folder();
/// The same for models: `$ATTUNE_MODELS`, else `models`.
[[nodiscard]] std::filesystem::path models_folder();
/// Where the running program lies.
[[nodiscard]] std::filesystem::path program_folder();

/// BLAKE2b-256 of some bytes, as 64 hexadecimal digits.
[[nodiscard]] std::string hash_hex(std::string_view bytes);

}  // namespace attune::core
