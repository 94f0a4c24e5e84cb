#include <bit>
#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <random>
#include <thread>

#include "integration/sensors_session.hpp"
#include "support/osc_bytes.hpp"

// A sensor's clock, from its datagrams to session time in the recording of the real program.
namespace attune {
namespace {

using test::big_endian, test::osc_text;

constexpr double drift = 50e-6, started_s = 1234.5;  // the sensor's clock gains, and began long before
constexpr double usual_delay_s = 0.020;
constexpr double every_s = 0.1;
constexpr double step = 0.01;  // from one value to the next, so that each is known by its number

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Two sensors of one body, which measure ten times a second at the same instants. What the first measures is
/// sent at once, without a time: its arrival is the truth. The second has a clock of its own and says its
/// time, and its values travel 20 ms on average (exponential).
class TwoSensors {
 public:
  static constexpr const char* prompt = "/prompt";
  static constexpr const char* late = "/late";

  explicit TwoSensors(const std::string& port) : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    to_.sin_family = AF_INET;
    to_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to_.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  }
  ~TwoSensors() { ::close(socket_); }
  TwoSensors(const TwoSensors&) = delete;
  TwoSensors& operator=(const TwoSensors&) = delete;

  /// Waits for the next thing that is due, and sends it.
  void turn() {
    const double next_s = under_way_.empty() ? measures_s_ : std::min(measures_s_, under_way_.front().due_s);
    std::this_thread::sleep_for(std::chrono::duration<double>(std::max(next_s - now_s(), 0.0)));
    if (!under_way_.empty() && under_way_.front().due_s <= now_s()) {
      send(under_way_.front().datagram);
      under_way_.pop_front();
    }
    if (measures_s_ <= now_s()) measure();
  }
  /// When value number `i` was measured, in s of CLOCK_MONOTONIC; nothing where this process was held up just
  /// then, so that it cannot be said.
  [[nodiscard]] std::optional<double> measured_s(int i) const {
    const auto found = measured_.find(i);
    if (found == measured_.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] static double sensor_s(double time_s) { return time_s * (1.0 + drift) + started_s; }
  [[nodiscard]] double mean_delay_s() const { return delays_s_ / count_; }

 private:
  struct UnderWay {
    double due_s = 0.0;
    std::string datagram;
  };

  void measure() {
    const double before_s = now_s();
    const auto value = big_endian(std::bit_cast<std::uint32_t>(static_cast<float>(20.0 + step * count_)), 4);
    send(osc_text(prompt) + osc_text(",f") + value);
    if (now_s() - before_s < 0.0002) measured_[count_] = before_s;
    const double delay_s = std::exponential_distribution<>(1.0 / usual_delay_s)(random_);
    const double due_s = std::max(before_s + delay_s, under_way_.empty() ? 0.0 : under_way_.back().due_s);
    under_way_.push_back({due_s, osc_text(late) + osc_text(",fd") + value +
                                     big_endian(std::bit_cast<std::uint64_t>(sensor_s(before_s)), 8)});
    delays_s_ += due_s - before_s;
    ++count_;
    measures_s_ = std::max(measures_s_ + every_s, before_s);
  }
  void send(const std::string& datagram) const {
    EXPECT_EQ(::sendto(socket_, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&to_),
                       sizeof to_),
              static_cast<ssize_t>(datagram.size()));
  }

  int socket_;
  sockaddr_in to_{};
  std::mt19937_64 random_{7};
  int count_ = 0;
  double measures_s_ = now_s(), delays_s_ = 0.0;
  std::map<int, double> measured_;
  std::deque<UnderWay> under_way_;
};

/// Where the values of a stream lie on session time, by their number.
std::map<int, double> places_s(const std::vector<record::Moment>& moments,
                               telemetry::Reading telemetry::Vitals::*stream) {
  std::map<int, double> places;
  for (const auto& moment : moments) {
    const auto& reading = moment.frame.vitals.*stream;
    if (!reading.valid) continue;
    const auto number = std::lround((static_cast<double>(reading.value) - 20.0) / step);
    places[static_cast<int>(number)] = moment.frame.time.seconds() - static_cast<double>(reading.age_s);
  }
  return places;
}

std::optional<record::Event> clock_event(const record::Recording& recording) {
  const auto events = *recording.events();
  for (const auto& event : events) {
    if (event.kind == record::EventKind::clock) return event;
  }
  return std::nullopt;
}

struct SensorClock : test::SensorSession {};

TEST_F(SensorClock, ThatDriftsIsPlacedOnSessionTimeWithinFiveMilliseconds) {
  start(
      "default_addresses = false\n"
      "[[osc.address]]\npaths = [\"/prompt\"]\nstream = \"skin_temperature_c\"\n"
      "[[osc.address]]\npaths = [\"/late\"]\nstream = \"skin_conductance_us\"\ntime_argument = 1\n",
      test::no_pictures);
  TwoSensors sensors(port_);
  std::optional<record::Event> clock;
  const double began_s = now_s();
  for (double look_s = began_s; !clock && now_s() < began_s + 200.0;) {
    sensors.turn();
    if (now_s() < look_s) continue;
    look_s = now_s() + 5.0;
    if (const auto recording = recorded()) clock = clock_event(*recording);
  }
  const auto outcome = end();
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_TRUE(clock) << "a minute of samples tells a clock";

  const auto recording = record::Recording::open(recording_file());
  ASSERT_TRUE(recording) << recording.error().message;
  const auto moments = *recording->moments();
  const auto prompt = places_s(moments, &telemetry::Vitals::skin_temperature_c);
  const auto late = places_s(moments, &telemetry::Vitals::skin_conductance_us);
  double worst_s = 0.0;
  std::vector<double> shifts_s;  // session time minus CLOCK_MONOTONIC
  for (const auto& [number, place_s] : late) {
    const auto truth = prompt.find(number);
    const auto measured_s = sensors.measured_s(number);
    if (truth == prompt.end() || !measured_s) continue;
    shifts_s.push_back(truth->second - *measured_s);
    if (*measured_s > began_s + 20.0) worst_s = std::max(worst_s, std::abs(place_s - truth->second));
  }
  ASSERT_GT(shifts_s.size(), 300u);
  EXPECT_GT(sensors.mean_delay_s(), 0.015) << "placed by arrival, this bound would not be kept";
  EXPECT_LE(worst_s, 0.005);
  RecordProperty("worst_ms", std::to_string(worst_s * 1e3));

  // What the recording says of that clock.
  std::nth_element(shifts_s.begin(), shifts_s.begin() + static_cast<std::ptrdiff_t>(shifts_s.size() / 2),
                   shifts_s.end());
  const double shift_s = shifts_s[shifts_s.size() / 2];
  const double event_s = clock->time.seconds() - shift_s;  // CLOCK_MONOTONIC
  const double truth_s = clock->time.seconds() - TwoSensors::sensor_s(event_s);
  ASSERT_EQ(clock->values.size(), 2u);
  EXPECT_NEAR(clock->values[0], truth_s, 0.005);
  // Session time loses on a clock that gains.
  EXPECT_NEAR(clock->values[1], -50.0, 20.0);
  RecordProperty("drift_ppm", std::to_string(clock->values[1]));
}

}  // namespace
}  // namespace attune
