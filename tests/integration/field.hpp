#pragma once

#include <string>
#include <vector>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"
#include "support/fault_report.hpp"

namespace attune::test {

/// How a session on the fault layer is run.
struct FieldOptions {
  std::string source = "patient:shipped:2";
  std::string seconds = "6";
  std::vector<std::string> further = {"--patience", "1"};  ///< more of `attune session`
  std::string clock = "virtual";
};

/// Frames of a second on a virtual patient's headset.
inline constexpr double patient_rate_hz = 90.0;

/// The real program between the real loader and the real runtime, with a layer in between that does to it
/// what ATTUNE_FAULT says (tests/fault_layer/fault.hpp).
class FieldSession {
 public:
  explicit FieldSession(const std::string& fault, const FieldOptions& options = {});

  void signal(int number) { program_.signal(number); }
  /// Waits until a fault took effect. False: it did not within so many seconds.
  [[nodiscard]] bool meets(const std::string& kind, double limit_s) const;
  /// Its end; a program that does not end in time is killed, and says so by its status.
  const Outcome& end(double limit_s = 60.0);

  [[nodiscard]] FaultReport faults() const { return FaultReport(scratch_ / "faults"); }
  [[nodiscard]] std::filesystem::path path() const { return scratch_ / "s.attune"; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return scratch_ / name; }

 private:
  ScratchFolder scratch_;
  RunningProgram program_;
  Outcome outcome_;
};

/// What a recording of such a session holds.
struct FieldRecord {
  std::vector<record::Moment> moments;
  std::vector<record::Event> events;
  std::vector<record::Snapshot> snapshots;

  /// How many events of headset, sensors, problems, holds and the end have such words.
  [[nodiscard]] int events_with(const std::string& words) const;
  /// How many more of them than `other` has. What happens whenever a session ends is not counted.
  [[nodiscard]] int more_events_with(const std::string& words, const FieldRecord& other) const;
  /// All of these in a line each, for a message.
  [[nodiscard]] std::string told() const;
};

/// Opens what a session left. A recording that is missing, hurt or not closed is a failure of the test.
[[nodiscard]] FieldRecord record_of(const std::filesystem::path& path);

/// The same session of six seconds without a fault.
[[nodiscard]] const FieldRecord& undisturbed();

}  // namespace attune::test
