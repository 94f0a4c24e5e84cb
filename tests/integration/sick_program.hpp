#pragma once

#include <memory>
#include <string>
#include <vector>

#include "integration/field.hpp"

namespace attune::test {

/// A copy of the program whose LibTorch has a bad day (tests/sick_torch), in a session with LibTorch in the
/// loop, on the fault layer, which counts its pictures.
class SickProgram {
 public:
  /// @param sickness  as ATTUNE_SICK_TORCH
  /// @param clock     `real` or `virtual`
  /// @param fault     what the fault layer does besides, as ATTUNE_FAULT
  /// @param further   more of `attune session`
  SickProgram(const std::string& sickness, const std::string& clock, const std::string& seconds,
              const std::string& fault = "", const std::vector<std::string>& further = {});

  void signal(int number) { program_->signal(number); }
  /// Waits until a fault took effect, or the stall. False: it did not within so many seconds.
  [[nodiscard]] bool meets(const std::string& kind, double limit_s) const;
  /// Its end; a program that does not end in time is killed, and says so by its status.
  Outcome end(double limit_s);

  [[nodiscard]] std::filesystem::path recording() const { return scratch_ / "s.attune"; }
  /// Pictures that the runtime was handed.
  [[nodiscard]] std::size_t pictures() const { return faults().count("pictures"); }
  [[nodiscard]] FaultReport faults() const { return FaultReport(scratch_ / "faults"); }

 private:
  ScratchFolder scratch_;
  std::unique_ptr<RunningProgram> program_;
};

}  // namespace attune::test
