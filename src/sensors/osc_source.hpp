#pragma once

#include <array>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "attune/sensors/config.hpp"
#include "sensors/address_reader.hpp"
#include "sensors/source.hpp"
#include "sensors/udp_socket.hpp"

namespace attune::sensors {

/// Listens for OSC messages. A port that is in use is tried again; nothing that is sent can end the thread.
class OscSource final : public Source {
 public:
  explicit OscSource(const OscConfig& config);
  ~OscSource() override;

 private:
  /// A sensor's clock is told apart by the machine it is on and, where a message carries its time as an
  /// argument, by the address.
  using ClockName = std::pair<std::uint32_t, std::string>;
  struct Placed {
    std::int64_t measured_ns = 0;
    Fault fault = Fault::none;
  };
  struct SensorClock {
    ClockEstimator estimator;
    double sensor_s = 0.0;  // of the newest sample, which several messages of a bundle share
    std::int64_t arrival_ns = 0, told_ns = 0;
    Placed placed;
  };

  void run();
  void listen(UdpSocket& socket);
  void take(const OscMessage& message, const Datagram& datagram);
  [[nodiscard]] Placed place(const AddressRule& rule, const OscMessage& message, const Datagram& datagram);
  void tell(SensorClock& clock, Group group, std::int64_t now_ns);
  [[nodiscard]] bool may_send(std::uint32_t sender) const;

  const OscConfig config_;
  std::vector<std::uint32_t> senders_;  // empty: any
  AddressReader reader_;
  std::map<ClockName, SensorClock> clocks_;
  std::vector<Sample> samples_;
  StopSignal stop_;
  std::jthread thread_;
};

}  // namespace attune::sensors
