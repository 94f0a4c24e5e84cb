#include <sstream>

#include "attune/state/features.hpp"

namespace attune::state {

std::string_view name_of(FeatureGroup group) {
  switch (group) {
    case FeatureGroup::eyes:
      return "eyes";
    case FeatureGroup::heart:
      return "heart";
    case FeatureGroup::skin:
      return "skin";
    case FeatureGroup::head:
      return "head";
    case FeatureGroup::hands:
      return "hands";
    case FeatureGroup::breathing:
      return "breathing";
    case FeatureGroup::temperature:
      return "temperature";
    case FeatureGroup::attention:
      return "attention";
    case FeatureGroup::context:
      return "context";
  }
  return "unknown";
}

namespace {

/// The stream that a group is computed from.
std::string_view source_of(FeatureGroup group) {
  switch (group) {
    case FeatureGroup::eyes:
      return "eye tracker";
    case FeatureGroup::heart:
      return "heart sensor";
    case FeatureGroup::skin:
      return "skin sensor";
    case FeatureGroup::head:
      return "headset pose";
    case FeatureGroup::hands:
      return "controllers";
    case FeatureGroup::breathing:
      return "breathing sensor";
    case FeatureGroup::temperature:
      return "skin sensor";
    case FeatureGroup::attention:
      return "gaze and areas of interest";
    case FeatureGroup::context:
      return "gaze, headset pose and areas of interest";
  }
  return "unknown";
}

}  // namespace

std::string feature_table_markdown() {
  std::ostringstream out;
  out << "| # | name | unit | window, s | group | source | computed | in words |\n"
      << "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < feature_count; ++i) {
    const auto& row = feature_table[i];
    out << "| " << i << " | `" << row.name << "` | " << row.unit << " | " << row.window_s << " | "
        << name_of(row.group) << " | " << source_of(row.group) << " | " << (row.computed ? "yes" : "never")
        << " | " << row.words_en << " |\n";
  }
  return out.str();
}

}  // namespace attune::state
