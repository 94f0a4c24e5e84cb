#pragma once

#include <string>
#include <vector>

#include "attune/xr/openxr_1_1.h"
#include "rig.hpp"

namespace attune::xr_replay::test {

/// What a loader and a runtime tell each other, as the OpenXR loader's specification lays it out.
struct LoaderInfo {
  std::uint32_t type = 1, version = 1;
  std::size_t size = sizeof(LoaderInfo);
  std::uint32_t min_interface = 1, max_interface = 1;
  XrVersion min_api = XR_MAKE_VERSION(1, 0, 0), max_api = XR_MAKE_VERSION(1, 0x3FF, 0xFFF);
};
struct RuntimeRequest {
  std::uint32_t type = 3, version = 1;
  std::size_t size = sizeof(RuntimeRequest);
  std::uint32_t interface = 0;
  XrVersion api = 0;
  PFN_xrGetInstanceProcAddr get = nullptr;
};

/// The runtime's library, opened as a loader opens it. Debian's loader ends at OpenXR 1.0 and allows one
/// instance in a process; the runtime does not, and other programs bring other loaders.
class Library {
 public:
  Library();
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  [[nodiscard]] XrResult negotiate(const LoaderInfo* loader, RuntimeRequest* request) const;

 private:
  void* handle_;
};

/// An instance on the runtime, without a loader between.
class Direct {
 public:
  explicit Direct(XrVersion version, const std::vector<const char*>& extensions = {},
                  Environment::Values more = {});
  ~Direct();
  Direct(const Direct&) = delete;
  Direct& operator=(const Direct&) = delete;

  template <typename Function>
  [[nodiscard]] Function function(const char* name) const {
    PFN_xrVoidFunction found = nullptr;
    EXPECT_EQ(get_(instance, name, &found), XR_SUCCESS) << name;
    return reinterpret_cast<Function>(found);
  }
  /// The result of asking for a function.
  [[nodiscard]] XrResult lookup(const char* name) const;
  [[nodiscard]] XrResult create(XrVersion version, const std::vector<const char*>& extensions,
                                XrInstance& created) const;
  [[nodiscard]] XrPath path(const std::string& text) const;
  /// A headless session, begun.
  [[nodiscard]] XrSession begin_session() const;
  /// Runs an empty frame. Returns its predicted display time.
  XrTime frame(XrSession session) const;
  [[nodiscard]] XrSpace space(XrSession session, XrReferenceSpaceType type,
                              const XrPosef& pose = identity) const;

  XrInstance instance = XR_NULL_HANDLE;
  XrSystemId system = XR_NULL_SYSTEM_ID;

 private:
  Environment environment_;
  Library library_;
  PFN_xrGetInstanceProcAddr get_ = nullptr;
};

}  // namespace attune::xr_replay::test
