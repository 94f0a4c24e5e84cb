#include "xr_replay/paths.hpp"

#include <algorithm>

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"

namespace attune::xr_replay {
namespace {

bool allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_level(std::string_view level) {
  return !level.empty() && std::all_of(level.begin(), level.end(), allowed) &&
         std::any_of(level.begin(), level.end(), [](char c) { return c != '.'; });
}

}  // namespace

bool Paths::well_formed(std::string_view text) {
  if (text.empty() || text.front() != '/' || text.size() >= XR_MAX_PATH_LENGTH) return false;
  for (std::size_t at = 1; at <= text.size();) {
    const std::size_t slash = std::min(text.find('/', at), text.size());
    if (!is_level(text.substr(at, slash - at))) return false;
    at = slash + 1;
  }
  return true;
}

bool Paths::well_formed_name(std::string_view text) { return is_level(text); }

XrPath Paths::of(std::string_view text) {
  const auto [entry, fresh] = paths_.try_emplace(std::string(text), texts_.size() + 1);
  if (fresh) texts_.emplace_back(text);
  return entry->second;
}

const std::string* Paths::text(XrPath path) const {
  return path >= 1 && path <= texts_.size() ? &texts_[path - 1] : nullptr;
}

namespace api {

XrResult XRAPI_CALL StringToPath(XrInstance handle, const char* pathString, XrPath* path) {
  return enter<Instance>("xrStringToPath", handle, [&](Instance& instance, Call& call) {
    if (pathString == nullptr || path == nullptr) return call.invalid("pathString or path is null");
    const std::string_view text(pathString, strnlen(pathString, XR_MAX_PATH_LENGTH));
    if (!Paths::well_formed(text)) {
      return call.fail(XR_ERROR_PATH_FORMAT_INVALID, in_quotes(text) + " is no well-formed path");
    }
    *path = instance.paths.of(text);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL PathToString(XrInstance handle, XrPath path, uint32_t capacity, uint32_t* count,
                                 char* buffer) {
  return enter<Instance>("xrPathToString", handle, [&](Instance& instance, Call& call) {
    const std::string* const text = instance.paths.text(path);
    if (text == nullptr) return call.fail(XR_ERROR_PATH_INVALID, "path was not given by xrStringToPath");
    return call.text(capacity, count, buffer, *text);
  });
}

}  // namespace api
}  // namespace attune::xr_replay
