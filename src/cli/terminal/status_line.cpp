#include "cli/terminal/status_line.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>

namespace attune::cli {

namespace {

using session::Status;
using treatment::Language;

std::string clock_of(double seconds) {
  const int whole = static_cast<int>(seconds);
  return fmt::format("{:02d}:{:02d}", whole / 60, whole % 60);
}

std::string sensors_of(const Status& status, Language language) {
  std::string names;
  for (int i = 0; i < session::sensor_kind_count; ++i) {
    if ((status.sensors >> static_cast<unsigned>(i) & 1U) == 0) continue;
    if (!names.empty()) names += ", ";
    names += session::text(static_cast<session::SensorKind>(i), language);
  }
  if (names.empty()) return language == Language::chinese ? "无" : "none";
  return names;
}

std::string suds_of(const Status& status, bool zh) {
  if (!status.suds) return zh ? "SUDS 未报告" : "no SUDS yet";
  return fmt::format(fmt::runtime(zh ? "SUDS {:.0f}（{:.0f} 秒前）" : "SUDS {:.0f} ({:.0f} s ago)"),
                     status.suds->value, status.age_of_suds_s());
}

/// Why nothing rises; that a phase allows no rise is no news.
std::string hold_of(const Status& status, Language language) {
  if (status.hold == treatment::Hold::none || status.hold == treatment::Hold::phase) return {};
  return fmt::format(fmt::runtime(language == Language::chinese ? " | 限制：{}" : " | held: {}"),
                     treatment::text(status.hold, language));
}

std::string asked_ceiling_of(const Status& status, bool zh) {
  if (!status.asked_ceiling) return {};
  const auto words =
      zh ? " | 上限 {:.0f} → {:.0f}？再次要求以确认" : " | ceiling {:.0f} to {:.0f}? ask again";
  return fmt::format(fmt::runtime(words), 100.0F * status.ceiling, 100.0F * *status.asked_ceiling);
}

}  // namespace

std::string status_line(const Status& status, treatment::Middle middle, Language language) {
  const bool zh = language == Language::chinese;
  const auto band = session::band_of(status);
  std::string line =
      fmt::format("{} {}", clock_of(status.time.seconds()), treatment::text(status.phase, middle, language));
  line += fmt::format(fmt::runtime(zh ? " | 焦虑 {}–{}（均值 {}）" : " | anxiety {}-{} (mean {})"), band.low,
                      band.high, band.mean);
  line += asked_ceiling_of(status, zh);
  line += fmt::format(fmt::runtime(zh ? " | 强度 {:.2f}" : " | intensity {:.2f}"), status.intensity);
  if (status.steps > 0)
    line +=
        fmt::format(fmt::runtime(zh ? " | 第 {}/{} 级" : " | step {} of {}"), status.step + 1, status.steps);
  line += " | " + suds_of(status, zh) + hold_of(status, language);
  line += fmt::format(fmt::runtime(zh ? " | 传感器：{}" : " | sensors: {}"), sensors_of(status, language));
  if (status.body_doubted)
    line += zh ? "（身体信号与回答不符，请检查）" : " (body and answers disagree: check them)";
  return line;
}

}  // namespace attune::cli
