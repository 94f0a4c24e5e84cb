#pragma once

#include <volk.h>

#include <filesystem>

#include "attune/core/result.hpp"
#include "render/handle.hpp"

namespace attune::render {

/// Compiled pipelines, kept on disk between starts. A file that is missing, damaged or another driver's is
/// ignored.
class PipelineCache {
 public:
  PipelineCache(VkPhysicalDevice physical, VkDevice device);

  [[nodiscard]] VkPipelineCache get() const { return cache_.get(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes the file when there is more in the cache than was read. Errors: the folder is not writable.
  [[nodiscard]] core::Result<void> save() const;

 private:
  VkDevice device_;
  std::filesystem::path path_;
  std::size_t read_bytes_ = 0;
  PipelineCacheHandle cache_;
};

/// `$XDG_CACHE_HOME/attune`, else `~/.cache/attune`.
[[nodiscard]] std::filesystem::path cache_folder();

}  // namespace attune::render
