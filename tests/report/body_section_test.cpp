#include "report/body_section.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "attune/report/report.hpp"
#include "report/recorded.hpp"

namespace attune::report {
namespace {

using telemetry::EegBand, telemetry::Expression;
using testing::HasSubstr;
using testing::Not;

constexpr double rate_hz = 30.0;

telemetry::Reading valid(double value) { return {static_cast<float>(value), 0.1F, true}; }

/// What sensors give at one time of a session.
using Vitals = std::function<telemetry::Vitals(double time_s)>;

std::string section_of(const Vitals& vitals_at, double duration_s) {
  const Recorded recording(rate_hz, [&](record::Recorder& recorder) {
    const auto frames = static_cast<std::uint64_t>(duration_s * rate_hz);
    for (std::uint64_t i = 0; i <= frames; ++i) {
      telemetry::Frame frame;
      frame.index = i;
      frame.time = core::at_seconds(static_cast<double>(i) / rate_hz);
      frame.vitals = vitals_at(frame.time.seconds());
      recorder.publish(frame);
    }
  });
  const auto section = body_section(*recording);
  EXPECT_TRUE(section);
  const auto page = write_html(*recording);
  EXPECT_TRUE(page);
  EXPECT_THAT(*page, HasSubstr(*section)) << "the page has the section";
  return *section;
}

/// A minute in which alpha is 0.2 and a minute in which it is 0.4; a smile of 4 s every 16 s, seven in all;
/// the pupil is measured in the first minute alone.
telemetry::Vitals two_minutes(double time_s) {
  telemetry::Vitals vitals;
  vitals.eeg_share[static_cast<std::size_t>(EegBand::alpha)] = valid(time_s < 60.0 ? 0.2 : 0.4);
  vitals.eeg_alpha_asymmetry = valid(-0.125);
  const bool smiles = std::fmod(time_s, 16.0) >= 12.0;
  vitals.expressions[static_cast<std::size_t>(Expression::smile)] = valid(smiles ? 0.8 : 0.0);
  if (time_s < 60.0) vitals.pupil_mm = valid(3.75);
  return vitals;
}

TEST(BodySection, ShowsTheMeansAndRatesOfWhatWasMeasured) {
  const auto section = section_of(two_minutes, 120.0);
  EXPECT_THAT(section, HasSubstr("EEG, face and pupil"));
  EXPECT_THAT(section, testing::ContainsRegex("alpha.*<td class=\"number\">30 %</td>"));
  EXPECT_THAT(section, HasSubstr("<strong>-0.12</strong>"));
  EXPECT_THAT(section, testing::ContainsRegex("smile.*<td class=\"number\">19 %</td>.*"
                                              "<td class=\"number\">3.5</td><td class=\"number\">4</td>"));
  EXPECT_THAT(section, HasSubstr("<strong>3.8 mm</strong>"));
  EXPECT_THAT(section, testing::ContainsRegex("Pupil.*占比：</span> 50 %</p>"));
}

TEST(BodySection, ShowsNothingOfWhatWasNotMeasured) {
  const auto pupil_alone = section_of(
      [](double) {
        telemetry::Vitals vitals;
        vitals.pupil_mm = valid(4.0);
        return vitals;
      },
      2.0);
  EXPECT_THAT(pupil_alone, HasSubstr("<strong>4.0 mm</strong>"));
  for (const auto* absent : {"<table", "Face</", "delta", "asymmetry"})
    EXPECT_THAT(pupil_alone, Not(HasSubstr(absent)));
  const auto unmeasured = two_minutes(0.0).eeg_share[0];
  EXPECT_FALSE(unmeasured.valid);
  EXPECT_THAT(section_of(two_minutes, 2.0), Not(HasSubstr("delta"))) << "no band was measured but alpha";
  EXPECT_EQ(section_of([](double) { return telemetry::Vitals{}; }, 2.0), "");
}

TEST(BodySection, GivesNoRateOfAFewSecondsAndNoBusiestMinuteOfLessThanOne) {
  const auto rates = [](const char* per_min, const char* most) {
    return HasSubstr(std::string("<td class=\"number\">") + per_min + "</td><td class=\"number\">" + most +
                     "</td>");
  };
  EXPECT_THAT(section_of(two_minutes, 16.0), rates("–", "–"));
  EXPECT_THAT(section_of(two_minutes, 24.0), rates("2.5", "–"));
  EXPECT_THAT(section_of(two_minutes, 72.0), rates("3.3", "4"));
}

}  // namespace
}  // namespace attune::report
