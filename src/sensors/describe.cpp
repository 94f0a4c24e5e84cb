#include <chrono>
#include <cstdio>
#include <thread>

#include "attune/sensors/sensors.hpp"
#include "sensors/source.hpp"

namespace attune::sensors {

namespace {

constexpr auto turn = std::chrono::milliseconds(20);

std::string shown(Stream stream, const telemetry::Reading& reading) {
  char text[96];
  std::snprintf(text, sizeof text, "%s %.4g %s", std::string(info(stream).name).c_str(),
                static_cast<double>(reading.value), std::string(info(stream).unit).c_str());
  return text;
}

/// "heard: heart_rate_bpm 72 1/min, …", or what is wrong with what came.
std::vector<Described> heard(const Sensors& sensors) {
  std::string good;
  std::vector<Described> lines;
  for (std::size_t i = 0; i < stream_count; ++i) {
    const auto stream = static_cast<Stream>(i);
    const auto fault = sensors.fault(stream);
    if (fault == Fault::none)
      good += (good.empty() ? "heard: " : ", ") + shown(stream, sensors.reading(stream));
    else if (fault != Fault::never)
      lines.push_back(
          {"heard, not believed: " + std::string(info(stream).name) + ": " + std::string(words(fault))});
  }
  lines.insert(lines.begin(), {good.empty() ? "heard: nothing that a body can have" : good});
  return lines;
}

}  // namespace

std::vector<Described> describe(const Config& config, double listen_s) {
  const auto sensors = Sensors::open(config);
  const auto until_ns = monotonic_ns() + static_cast<std::int64_t>(listen_s * 1e9);
  while (monotonic_ns() < until_ns) {
    telemetry::Vitals ignored;
    sensors->read({{}, monotonic_ns()}, ignored);
    std::this_thread::sleep_for(turn);
  }
  std::vector<Described> lines;
  for (const auto& status : sensors->status()) {
    lines.push_back({status.name + ": " + status.state, status.progress != Progress::failing});
    std::string unread;
    for (const auto& what : status.unread) unread += (unread.empty() ? "" : ", ") + what;
    if (!unread.empty()) lines.push_back({status.name + ": heard and in no rule: " + unread});
  }
  for (auto& line : heard(*sensors)) lines.push_back(std::move(line));
  return lines;
}

}  // namespace attune::sensors
