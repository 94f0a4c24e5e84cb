#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// Path strings of an instance and the numbers that stand for them. OpenXR 1.0, 6.1 and 6.2.
class Paths {
 public:
  /// Whether a string is a well-formed path.
  [[nodiscard]] static bool well_formed(std::string_view text);
  /// Whether a string may name an action or an action set: one level of a path.
  [[nodiscard]] static bool well_formed_name(std::string_view text);

  [[nodiscard]] XrPath of(std::string_view text);
  /// The string of a path; null for a number that never was one.
  [[nodiscard]] const std::string* text(XrPath path) const;

 private:
  std::vector<std::string> texts_;  // by path − 1
  std::unordered_map<std::string, XrPath> paths_;
};

}  // namespace attune::xr_replay
