#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "attune/sensors/config.hpp"
#include "attune/sensors/notice.hpp"
#include "attune/sensors/status.hpp"
#include "attune/sensors/streams.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::sensors {

/// The sensors beside the headset, for as long as a session lasts. Each source has a thread of its own and a
/// bounded queue to the frame loop. A sensor that is missing, silent or wrong is said to be; it never stops a
/// session.
///
/// `read`, `reading`, `fault` and `next_notice` belong to one thread, the frame loop: they take no lock,
/// allocate nothing, wait for nothing and read no clock.
class Sensors {
 public:
  /// Starts listening. What is not there now, as an adapter or a free port, is tried again while the session
  /// runs.
  [[nodiscard]] static std::unique_ptr<Sensors> open(const Config& config);
  ~Sensors();
  Sensors(const Sensors&) = delete;
  Sensors& operator=(const Sensors&) = delete;

  /// Puts what is known at a frame into its vitals. Readings of streams that no sensor here has ever given
  /// are left as they are.
  void read(const FrameInstant& now, telemetry::Vitals& vitals);

  /// Any stream, as of the last `read`. In one that is not valid, nothing else means anything.
  [[nodiscard]] const telemetry::Reading& reading(Stream stream) const;
  [[nodiscard]] Fault fault(Stream stream) const;
  /// What happened since, oldest first; at most 32 are kept.
  [[nodiscard]] bool next_notice(Notice& notice);

  /// How every source is doing. Any thread; takes locks.
  [[nodiscard]] std::vector<SourceStatus> status() const;

 private:
  struct Impl;
  explicit Sensors(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// One line of what is found.
struct Described {
  std::string text;
  bool ok = true;  ///< false: somebody has to do something, and the text says what
};

/// Listens for `listen_s` seconds and says, a line each, which sources there are, how they do, and what was
/// heard: for `attune doctor --sensors FILE.toml`.
[[nodiscard]] std::vector<Described> describe(const Config& config, double listen_s);

}  // namespace attune::sensors
