// Makes the signals of tests/golden/signals: small, with known truth, and the same on every machine but for
// the last digit. Usage: attune_make_signals FOLDER
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <numbers>

#include "attention/generated_gaze.hpp"
#include "signal/made_signals.hpp"

namespace {

namespace heart = attune::signal::test;
namespace gaze = attune::attention::test;
using Path = std::filesystem::path;

constexpr double tau = 2.0 * std::numbers::pi;

/// A file that is closed with its scope.
class Table {
 public:
  explicit Table(const Path& path) : file_(std::fopen(path.c_str(), "w")) {}
  ~Table() {
    if (file_ != nullptr) std::fclose(file_);
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  template <typename... Values>
  void row(const char* format, Values... values) {
    if (file_ != nullptr) std::fprintf(file_, format, values...);
  }

 private:
  std::FILE* file_;
};

/// Counts of a converter, one a row.
void write_counts(const Path& path, const char* name, double rate_hz, const std::vector<double>& values,
                  double counts_per_unit) {
  Table table(path);
  table.row("# made for tests, rate_hz=%g\n%s\n", rate_hz, name);
  for (const double value : values) table.row("%ld\n", std::lround(counts_per_unit * value));
}

void make_ecg(const Path& folder) {
  constexpr double rate = 128.0;
  auto made = heart::made_heart(heart::normal_wave, rate, 16.0, 72.0, 0.01, 3);
  for (std::size_t i = 0; i < made.values.size(); ++i)
    made.values[i] +=
        0.2 * std::sin(tau * 0.2 * static_cast<double>(i) / rate);  // the electrode follows breathing
  write_counts(folder / "ecg.csv", "ecg", rate, made.values, 200.0);
}

void make_ppg(const Path& folder) {
  constexpr double rate = 32.0;
  const auto made = heart::made_heart(heart::pulse_wave, rate, 32.0, 66.0, 0.02, 4);
  write_counts(folder / "ppg.csv", "ppg", rate, made.values, 100.0);
}

void make_breathing(const Path& folder) {
  constexpr double rate = 10.0;
  std::vector<double> values;
  for (int i = 0; i < 900; ++i) {
    const double t = i / rate;
    values.push_back(5.0 - std::cos(tau * (0.2 * t + 0.2 * std::sin(0.1 * t))) + 0.05 * std::sin(7.1 * t));
  }
  write_counts(folder / "breathing.csv", "resp", rate, values, 100.0);
}

void make_skin(const Path& folder) {
  constexpr double rate = 8.0;
  Table table(folder / "skin.csv");
  table.row("# made for tests, rate_hz=%g\neda\n", rate);
  for (int i = 0; i < 720; ++i) {
    const double t = i / rate;
    double value = 4.0 - 0.003 * t + 0.001 * std::sin(40.0 * t);
    for (const double at : {12.0, 30.0, 36.0, 61.0}) {
      if (t > at) value += 0.6 * (std::exp(-(t - at) / 5.0) - std::exp(at - t));
    }
    table.row("%.3f\n", value);
  }
}

/// Rests, jumps, closed eyes and something followed, ahead of the face.
std::vector<gaze::Movement> looking() {
  return {gaze::rest(0.4),         gaze::jump(8.0, 2.0),   gaze::rest(0.35), gaze::jump(-3.0, 4.0),
          gaze::rest(0.3),         gaze::close_eyes(0.15), gaze::rest(0.3),  gaze::jump(-9.0),
          gaze::follow(0.6, 14.0), gaze::rest(0.3)};
}

void make_gaze_in_degrees(const Path& folder) {
  Table table(folder / "gaze_120hz.csv");
  table.row("t_s,yaw_deg,pitch_deg\n");
  for (const auto& point : gaze::make(looking(), {120.0, 0.03}).points) {
    const auto& d = point.direction;
    const double yaw = std::atan2(d.x, -d.z) * 360.0 / tau, pitch = std::asin(d.y) * 360.0 / tau;
    if (point.tracked)
      table.row("%.4f,%.3f,%.3f\n", point.time.seconds(), yaw, pitch);
    else
      table.row("%.4f,,\n", point.time.seconds());
  }
}

void make_gaze_in_pixels(const Path& folder) {
  constexpr double pixel_m = 0.38 / 1024.0, distance_m = 0.67;
  Table table(folder / "gaze_500hz.csv");
  table.row("# rate_hz=500 screen_px=1024x768 screen_m=0.3800x0.2850 distance_m=0.6700\nt_s,x_px,y_px\n");
  const std::vector<gaze::Movement> plan{gaze::rest(0.25), gaze::jump(6.0, -1.0), gaze::rest(0.2),
                                         gaze::jump(-0.7), gaze::rest(0.2),       gaze::close_eyes(0.1),
                                         gaze::rest(0.2),  gaze::jump(-7.0, 3.0), gaze::rest(0.25)};
  for (const auto& point : gaze::make(plan, {500.0, 0.01}).points) {
    const auto& d = point.direction;
    const double right = static_cast<double>(d.x / -d.z), up = static_cast<double>(d.y / -d.z);
    const double x = point.tracked ? 512.0 + right * distance_m / pixel_m : 0.0;
    const double y = point.tracked ? 384.0 - up * distance_m / pixel_m : 0.0;
    table.row("%.3f,%.1f,%.1f\n", point.time.seconds(), x, y);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "attune_make_signals FOLDER\n");
    return 2;
  }
  const Path folder = arguments[1];
  std::filesystem::create_directories(folder);
  make_ecg(folder);
  make_ppg(folder);
  make_breathing(folder);
  make_skin(folder);
  make_gaze_in_degrees(folder);
  make_gaze_in_pixels(folder);
}
