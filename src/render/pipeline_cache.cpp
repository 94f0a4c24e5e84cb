#include "render/pipeline_cache.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

#include "attune/core/files.hpp"

namespace attune::render {
namespace {

/// What our file starts with: a driver trusts cache data, so a cut or changed file must never reach it.
std::string seal(const std::string& data) { return "attune pipelines 1 " + core::hash_hex(data) + "\n"; }

bool is_of(const std::string& data, const VkPhysicalDeviceProperties& properties) {
  VkPipelineCacheHeaderVersionOne header{};
  if (data.size() < sizeof header) return false;
  std::memcpy(&header, data.data(), sizeof header);
  return header.headerVersion == VK_PIPELINE_CACHE_HEADER_VERSION_ONE &&
         header.vendorID == properties.vendorID && header.deviceID == properties.deviceID &&
         std::memcmp(header.pipelineCacheUUID, properties.pipelineCacheUUID, VK_UUID_SIZE) == 0;
}

std::string hexadecimal(const std::uint8_t* bytes, std::size_t count) {
  constexpr std::array digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

}  // namespace

std::filesystem::path cache_folder() {
  if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg != nullptr && *xdg == '/')
    return std::filesystem::path(xdg) / "attune";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
    return std::filesystem::path(home) / ".cache" / "attune";
  return std::filesystem::temp_directory_path() / "attune";
}

PipelineCache::PipelineCache(VkPhysicalDevice physical, VkDevice device) : device_(device) {
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(physical, &properties);
  path_ = cache_folder() / ("pipelines-" + hexadecimal(properties.pipelineCacheUUID, VK_UUID_SIZE) + ".bin");
  std::string data;
  if (auto text = core::read_text(path_)) {
    const auto end = text->find('\n');
    if (end != std::string::npos) data = text->substr(end + 1);
    if (end == std::string::npos || seal(data) != text->substr(0, end + 1) || !is_of(data, properties))
      data.clear();
  }
  read_bytes_ = data.size();
  VkPipelineCacheCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO;
  info.initialDataSize = data.size();
  info.pInitialData = data.data();
  VkPipelineCache cache = VK_NULL_HANDLE;
  check(vkCreatePipelineCache(device, &info, nullptr, &cache), "make a pipeline cache");
  cache_ = PipelineCacheHandle(device, cache);
}

core::Result<void> PipelineCache::save() const {
  std::size_t size = 0;
  if (vkGetPipelineCacheData(device_, cache_.get(), &size, nullptr) != VK_SUCCESS) return {};
  if (size <= read_bytes_) return {};
  std::string data(size, '\0');
  if (vkGetPipelineCacheData(device_, cache_.get(), &size, data.data()) != VK_SUCCESS) return {};
  data.resize(size);
  std::error_code error;
  std::filesystem::create_directories(path_.parent_path(), error);
  return core::write_whole(path_, seal(data) + data);
}

}  // namespace attune::render
