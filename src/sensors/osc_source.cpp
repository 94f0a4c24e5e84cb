#include "sensors/osc_source.hpp"

#include <arpa/inet.h>
#include <poll.h>

#include <algorithm>
#include <cmath>

namespace attune::sensors {

namespace {

constexpr int retry_ms = 2000;  // a port that is in use may become free
constexpr std::size_t most_clocks = 16;
constexpr std::int64_t tell_every_ns = 5'000'000'000;
constexpr std::size_t longest_datagram = 65535;

/// Addresses are shown to people: only what can be read.
std::string readable(std::string_view address) {
  std::string shown(address.substr(0, 80));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return shown;
}

std::vector<std::uint32_t> numbers_of(const std::vector<std::string>& addresses) {
  std::vector<std::uint32_t> numbers;
  for (const auto& address : addresses) {
    in_addr number{};
    if (inet_pton(AF_INET, address.c_str(), &number) == 1) numbers.push_back(ntohl(number.s_addr));
  }
  return numbers;
}

}  // namespace

OscSource::OscSource(const OscConfig& config)
    : Source("OSC " + config.listen + ":" + std::to_string(config.port)),
      config_(config),
      senders_(numbers_of(config.senders)),
      reader_(config.rules),
      thread_([this] { run(); }) {}

OscSource::~OscSource() { stop_.raise(); }

void OscSource::run() {
  while (!stop_.raised()) {
    auto socket = UdpSocket::bind(config_.listen, config_.port);
    if (socket) {
      say(Progress::working, "listening on UDP port " + std::to_string(socket->port()));
      listen(*socket);
    } else {
      say(Progress::failing, socket.error().message);
      stop_.wait(-1, 0, retry_ms);
    }
  }
}

void OscSource::listen(UdpSocket& socket) {
  std::vector<std::uint8_t> buffer(longest_datagram);
  while (!stop_.raised()) {
    stop_.wait(socket.descriptor(), POLLIN, -1);
    while (const auto datagram = socket.receive(buffer)) {
      if (!may_send(datagram->sender)) continue;
      const auto packet = read_osc_packet({buffer.data(), datagram->size},
                                          [&](const OscMessage& message) { take(message, *datagram); });
      if (!packet.whole) heard_unread("bytes that are no OSC");
      if (stop_.raised()) return;
    }
  }
}

bool OscSource::may_send(std::uint32_t sender) const {
  return senders_.empty() || std::find(senders_.begin(), senders_.end(), sender) != senders_.end();
}

void OscSource::take(const OscMessage& message, const Datagram& datagram) {
  const auto rules = reader_.find(message.address);
  if (rules.empty()) heard_unread(readable(message.address));
  for (const auto& rule : rules) {
    const auto placed = place(rule, message, datagram);
    samples_.clear();
    reader_.read(rule, message, placed.measured_ns, placed.fault, samples_);
    for (const auto& sample : samples_) give(sample);
  }
}

/// When a message was measured: by its sensor's clock where it tells one, else when it came.
OscSource::Placed OscSource::place(const AddressRule& rule, const OscMessage& message,
                                   const Datagram& datagram) {
  const auto latency_ns = std::llround(config_.latency_s * 1e9);
  const auto sensor_s = AddressReader::sensor_time(rule, message);
  if (!sensor_s) return {datagram.arrival_ns - latency_ns, Fault::none};
  const ClockName name{datagram.sender, rule.time_argument ? rule.address : std::string()};
  if (!clocks_.contains(name) && clocks_.size() >= most_clocks)
    return {datagram.arrival_ns - latency_ns, Fault::none};
  auto& clock = clocks_[name];
  if (clock.arrival_ns == datagram.arrival_ns && clock.sensor_s == *sensor_s) return clock.placed;
  clock.sensor_s = *sensor_s;
  clock.arrival_ns = datagram.arrival_ns;
  const auto placed_s = clock.estimator.push(*sensor_s, static_cast<double>(datagram.arrival_ns) * 1e-9);
  if (placed_s)
    clock.placed = {std::llround(*placed_s * 1e9) - latency_ns, Fault::none};
  else
    clock.placed = {datagram.arrival_ns - latency_ns, Fault::back_in_time};
  tell(clock, info(rule.stream).group, datagram.arrival_ns);
  return clock.placed;
}

void OscSource::tell(SensorClock& clock, Group group, std::int64_t now_ns) {
  if (now_ns - clock.told_ns < tell_every_ns) return;
  clock.told_ns = now_ns;
  give(Message{.kind = Message::Kind::clock, .clock_of = group, .clock = clock.estimator.current()});
}

}  // namespace attune::sensors
