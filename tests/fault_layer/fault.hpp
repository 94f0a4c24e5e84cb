#pragma once

#include <optional>
#include <string>
#include <vector>

/// An OpenXR API layer that does to a program what runtimes and headsets do in the field. What it can do, and
/// how it is told to, stands in README.md.
namespace attune::fault_layer {

/// One thing that goes wrong.
struct Fault {
  std::string kind;
  long from = 0;               ///< first frame
  std::optional<long> frames;  ///< how many; nothing: for ever, or once
  std::vector<std::string> values;

  [[nodiscard]] bool lasts_in(long frame) const {
    return frame >= from && (!frames || frame < from + *frames);
  }
  /// A value as written; empty when there are fewer.
  [[nodiscard]] std::string value(std::size_t place) const {
    return place < values.size() ? values[place] : "";
  }
  /// A value as a number; `min` and `max` are the ends of 64 bits.
  [[nodiscard]] long long number(std::size_t place, long long otherwise) const;
};

/// All that goes wrong in one program.
class Plan {
 public:
  /// From ATTUNE_FAULT. What cannot be read ends the program at once: a test must not pass without its fault.
  [[nodiscard]] static Plan from_environment();

  /// The fault of a kind that is there in a frame; null: none.
  [[nodiscard]] const Fault* find(const char* kind, long frame) const;
  /// The same whatever the frame.
  [[nodiscard]] const Fault* any(const char* kind) const;
  [[nodiscard]] const std::vector<Fault>& all() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

}  // namespace attune::fault_layer
