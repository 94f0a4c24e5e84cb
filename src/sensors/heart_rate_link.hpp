#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/sensors/config.hpp"
#include "sensors/bluez_objects.hpp"
#include "sensors/source.hpp"

namespace attune::sensors {

/// Finds a heart-rate sensor, connects to it, asks for its measurements, and does so again whenever it goes.
/// What to do next follows from what BlueZ has on the bus now, not from what was done before, so that lost
/// signals, a restarted bluetoothd or another program at the same adapter do no harm. For the one thread that
/// runs the bus.
class HeartRateLink {
 public:
  struct Listener {
    std::function<void(Progress progress, const std::string& state)> say;
    std::function<void(const std::vector<std::uint8_t>& value)> measured;
    std::function<void()> lost;  ///< there were measurements, and now there are none
  };

  HeartRateLink(sdbus::IConnection& bus, const BluetoothConfig& config, Listener listener);
  /// Leaves a sensor that it connected to, for others to use.
  ~HeartRateLink();
  HeartRateLink(const HeartRateLink&) = delete;
  HeartRateLink& operator=(const HeartRateLink&) = delete;

  /// Does what is due at `now_ns` (CLOCK_MONOTONIC). @return milliseconds until something may be due again.
  int advance(std::int64_t now_ns);

 private:
  using Device = BluezObjects::Device;
  using Named = std::pair<const std::string, Device>;

  void watch();
  void on_properties(sdbus::Message& message);
  void on_owner(sdbus::Message& message);
  void learn_objects();
  void look_round();
  void choose();
  void follow(const std::string& path, const Device& device);
  void connect(const std::string& path, const Device& device);
  void subscribe(const std::string& path, const Device& device);
  void give_up(const std::string& why);
  void lose_sensor();
  [[nodiscard]] bool wanted(const Device& device) const;
  [[nodiscard]] double since_s(std::int64_t then_ns) const {
    return static_cast<double>(now_ns_ - then_ns) * 1e-9;
  }
  /// Calls a method of BlueZ without waiting; one at a time.
  void call(const std::string& path, const char* interface, const char* method, double limit_s,
            std::function<void(const sdbus::Error*)> done);

  sdbus::IConnection& bus_;
  const BluetoothConfig config_;
  const Listener listener_;
  BluezObjects objects_;
  std::unique_ptr<sdbus::IProxy> callee_;
  bool calling_ = false;
  bool known_ = false;      // the objects were asked for and are there
  bool listening_ = false;  // measurements were asked for and come
  bool ours_ = false;       // we connected it
  std::optional<std::string> chosen_, searching_on_, measurement_, to_disconnect_;  // paths
  std::string bound_to_;  // address of the sensor that was chosen once
  std::int64_t now_ns_ = 0, search_began_ns_ = 0, connected_ns_ = 0, measured_ns_ = 0, retry_ns_ = 0;
  double patience_s_ = 1.0;  // until the next try, longer with each that fails
};

}  // namespace attune::sensors
