#include "sensors/bluetooth_source.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "sensors/heart_rate_link.hpp"

namespace attune::sensors {

namespace {

constexpr int retry_ms = 5000;
constexpr std::int64_t tell_every_ns = 5'000'000'000;

/// The system's bus, or another one by its address.
std::unique_ptr<sdbus::IConnection> open_bus(const std::string& address) {
  if (address.empty()) return sdbus::createSystemBusConnection();
  // sdbus-c++ 1.2 loses a little memory with every address that it cannot open, and it is tried for hours.
  constexpr std::string_view by_path = "unix:path=";
  if (address.compare(0, by_path.size(), by_path) == 0) {
    std::error_code ignored;
    const auto path = address.substr(by_path.size());
    if (!std::filesystem::exists(path, ignored))
      throw sdbus::Error("org.freedesktop.DBus.Error.FileNotFound", path + " is not there");
  }
  return sdbus::createSessionBusConnectionWithAddress(address);
}

}  // namespace

BluetoothSource::BluetoothSource(const BluetoothConfig& config)
    : Source("Bluetooth heart rate"), config_(config), thread_([this] { run(); }) {}

BluetoothSource::~BluetoothSource() { stop_.raise(); }

void BluetoothSource::run() {
  while (!stop_.raised()) {
    try {
      serve();
    } catch (const sdbus::Error& error) {
      say(Progress::failing, "no D-Bus, or it is lost: " + error.getMessage());
      lose(Fault::disconnected);
      stop_.wait(-1, 0, retry_ms);
    }
  }
}

void BluetoothSource::serve() {
  const auto bus = open_bus(config_.bus);
  HeartRateLink link(*bus, config_,
                     {.say = [this](Progress progress, const std::string& state) { say(progress, state); },
                      .measured = [this](const auto& value) { measured(value); },
                      .lost = [this] { lose(Fault::disconnected); }});
  while (!stop_.raised()) {
    while (bus->processPendingRequest()) {}
    const int turn_ms = link.advance(monotonic_ns());
    const auto poll = bus->getEventLoopPollData();
    const int bus_ms = poll.getPollTimeout();
    stop_.wait(poll.fd, poll.events, bus_ms < 0 ? turn_ms : std::min(turn_ms, bus_ms));
  }
}

void BluetoothSource::measured(const std::vector<std::uint8_t>& value) {
  const auto measurement = parse_heart_rate_measurement(value);
  if (!measurement) {
    heard_unread("a measurement that is cut short");
    return;
  }
  const auto now_ns = monotonic_ns();
  beats_.take(*measurement, now_ns, samples_);
  for (const auto& sample : samples_) give(sample);
  if (now_ns - told_ns_ < tell_every_ns) return;
  told_ns_ = now_ns;
  give(Message{.kind = Message::Kind::clock, .clock_of = Group::beats, .clock = beats_.clock()});
}

void BluetoothSource::lose(Fault why) {
  beats_.lose(why, monotonic_ns(), samples_);
  for (const auto& sample : samples_) give(sample);
}

}  // namespace attune::sensors
