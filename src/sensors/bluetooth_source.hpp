#pragma once

#include <thread>
#include <vector>

#include "attune/sensors/config.hpp"
#include "sensors/beat_clock.hpp"
#include "sensors/source.hpp"
#include "sensors/udp_socket.hpp"

namespace attune::sensors {

/// A heart-rate sensor by Bluetooth LE: heart rate, and beats with their instants. A bus, adapter or sensor
/// that is not there is looked for again and again.
class BluetoothSource final : public Source {
 public:
  explicit BluetoothSource(const BluetoothConfig& config);
  ~BluetoothSource() override;

 private:
  void run();
  void serve();
  void measured(const std::vector<std::uint8_t>& value);
  void lose(Fault why);

  const BluetoothConfig config_;
  BeatClock beats_;
  std::vector<Sample> samples_;
  std::int64_t told_ns_ = 0;
  StopSignal stop_;
  std::jthread thread_;
};

}  // namespace attune::sensors
