#pragma once

#include <string>
#include <vector>

namespace attune::cli::doctor {

/// One line of the examination.
struct Finding {
  std::string what;    ///< what was looked at
  bool ok = true;      ///< false: something that a session needs is missing
  std::string found;   ///< in words
  std::string advice;  ///< what to do; empty when nothing is
};

/// Where an examination puts what it finds, and says what it is about to try, in case it does not come back.
class Report {
 public:
  virtual ~Report() = default;
  virtual void add(Finding finding) = 0;
  /// @param what    the finding's `what`, should the attempt crash or hang.
  /// @param trying  the attempt, as in "while …".
  /// @param advice  what to do then.
  virtual void trying(const std::string& what, const std::string& trying, const std::string& advice) = 0;
};

// The parts of the examination, each in the file of its name. Those that call foreign code (drivers,
// runtimes, LibTorch) are run in a process of their own.
void look_at_graphics(Report& report);
void look_at_headset(Report& report);
void look_at_models(Report& report);
void look_at_programmes(Report& report);
/// @param file  a file of sensors beside the headset, which are listened to for some seconds; empty: none
void look_at_sensors(Report& report, const std::string& file);
void look_at_keeping(Report& report);

}  // namespace attune::cli::doctor
