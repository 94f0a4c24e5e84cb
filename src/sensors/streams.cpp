#include "attune/sensors/streams.hpp"

#include <algorithm>
#include <cmath>

namespace attune::sensors {

std::optional<Stream> find_stream(std::string_view name) {
  const auto found = std::find_if(stream_table.begin(), stream_table.end(),
                                  [&](const StreamInfo& row) { return row.name == name; });
  if (found == stream_table.end()) return std::nullopt;
  return static_cast<Stream>(found - stream_table.begin());
}

Fault judge(Stream stream, double value) {
  if (!std::isfinite(value)) return Fault::not_a_number;
  // Compared as it will be kept: what only rounding would bring inside is outside.
  const auto kept = static_cast<float>(value);
  const auto& row = info(stream);
  return kept >= row.least && kept <= row.most ? Fault::none : Fault::out_of_range;
}

std::string_view words(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "good";
    case Fault::never:
      return "nothing came yet";
    case Fault::silent:
      return "silent";
    case Fault::not_a_number:
      return "not a number";
    case Fault::out_of_range:
      return "a value that no body has";
    case Fault::back_in_time:
      return "time stamps that jump";
    case Fault::no_contact:
      return "no contact with the skin";
    case Fault::disconnected:
      return "disconnected";
  }
  return "";
}

std::string_view words(Group group) {
  switch (group) {
    case Group::heart_rate:
      return "heart rate";
    case Group::beats:
      return "heart beats";
    case Group::breathing:
      return "breathing";
    case Group::skin:
      return "skin conductance";
    case Group::warmth:
      return "skin temperature";
    case Group::eeg:
      return "EEG";
    case Group::face:
      return "face";
    case Group::pupil:
      return "pupil";
  }
  return "";
}

}  // namespace attune::sensors
