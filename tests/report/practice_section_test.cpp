#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attune/report/report.hpp"
#include "report/synthetic_session.hpp"

// What practices brought, as the report shows it.
namespace attune::report::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class PracticeSection : public testing::Test {
 protected:
  /// The page of a programme's session in which `fill` happens.
  std::string page_of(const std::string& programme, const std::function<void(record::Recorder&)>& fill) {
    const auto key = record::Key::generate();
    auto meta = session_meta();
    meta.program_id = programme;
    meta.program_text = *core::read_text(std::filesystem::path(ATTUNE_SOURCE_DIR) / "assets/programs" /
                                         (programme + ".toml"));
    const auto path = folder_ / (programme + ".attune");
    std::filesystem::remove(path);
    record::RecorderOptions options;
    options.wait_for_writer = true;
    auto recorder = record::Recorder::create(path, meta, key, options);
    EXPECT_TRUE(recorder);
    std::mt19937 random(5);
    for (std::uint64_t index = 0; index < 30 * 30; ++index) {
      const auto frame = session_frame(index, random);
      (*recorder)->publish(frame, session_decision(frame));
    }
    fill(**recorder);
    EXPECT_TRUE((*recorder)->close());
    auto opened = record::Recording::open(path, {key});
    EXPECT_TRUE(opened);
    const auto page = write_html(*opened);
    EXPECT_TRUE(page);
    return *page;
  }
  static void tell(record::Recorder& recorder, record::EventKind kind, std::string_view words) {
    recorder.event(record::make_event(core::at_seconds(20.0), kind, words));
  }

 private:
  ScratchFolder folder_;
};

TEST_F(PracticeSection, NamesProtocolAndResultOfTheBreathing) {
  const auto page = page_of("breathing", [](record::Recorder& recorder) {
    tell(recorder, record::EventKind::step_entered, "Looking for your rate");
    tell(recorder, record::EventKind::practice,
         "Resonance breathing (after Lehrer 2013): 12.0 minutes. Resonance at 5.5 breaths a minute");
  });
  EXPECT_THAT(page, HasSubstr("Steps and what came of them"));
  EXPECT_THAT(page, HasSubstr("<strong>Resonance breathing (after Lehrer 2013)"));
  EXPECT_THAT(page, HasSubstr("Paced breathing at the rate")) << "the aim is that of its kind";
  EXPECT_THAT(page, Not(HasSubstr("Dose by intensity"))) << "where nothing is exposed there is no dose";
}

TEST_F(PracticeSection, SpeaksOfPracticeInBothLanguages) {
  const auto page = page_of("breathing", [](record::Recorder& recorder) {
    tell(recorder, record::EventKind::phase_entered, "recovery: the practice is complete");
  });
  EXPECT_THAT(page, HasSubstr("恢复期：练习已完成"));
}

TEST_F(PracticeSection, SaysOfTheDotProbeAndOfNothingElseThatItMeasuresOnly) {
  const auto practised = [](telemetry::Activity activity) {
    return [activity](record::Recorder& recorder) {
      recorder.event(record::make_event(core::at_seconds(20.0), record::EventKind::practice,
                                        "dot-probe: 96 trials; bias 23 ms, with 95 % between 5 and 41",
                                        {static_cast<double>(activity), 23.0}));
    };
  };
  const auto probed = page_of("dot-probe", practised(telemetry::Activity::dot_probe));
  EXPECT_THAT(probed, HasSubstr("with 95 % between 5 and 41"));
  EXPECT_THAT(probed, HasSubstr("trains nothing"));
  EXPECT_THAT(probed, HasSubstr("点探测只测量"));
  EXPECT_THAT(page_of("breathing", practised(telemetry::Activity::breathing)),
              Not(HasSubstr("trains nothing")));
}

TEST_F(PracticeSection, NothingIsSaidOfALadderWhereNothingIsExposedTo) {
  const auto practised = page_of("breathing", [](record::Recorder&) {});
  EXPECT_THAT(practised, Not(HasSubstr("No step was held")));
  EXPECT_THAT(practised, Not(HasSubstr("how likely what was feared")));
  const auto exposed = page_of("heights", [](record::Recorder&) {});
  EXPECT_THAT(exposed, HasSubstr("how likely what was feared"));
}

TEST_F(PracticeSection, WhatASessionSaysOfItselfIsThereInBothLanguages) {
  const auto page = page_of("breathing", [](record::Recorder& recorder) {
    tell(recorder, record::EventKind::headset, "the scene is visible");
    tell(recorder, record::EventKind::note, "feared outcome: I fall");
    tell(recorder, record::EventKind::question_asked, "asked: distress (SUDS 0-100)");
    tell(recorder, record::EventKind::question_answered, "answered: 40, distress (SUDS 0-100)");
    tell(recorder, record::EventKind::step_left, "the time for this step is over");
  });
  for (const auto* chinese :
       {"场景可见", "担心的结果：I fall", "提问：痛苦程度", "回答：40，痛苦程度", "本级时间已到"})
    EXPECT_THAT(page, HasSubstr(chinese));
}

TEST_F(PracticeSection, IsNotThereWhereNothingWasPractised) {
  const auto page = page_of("heights", [](record::Recorder&) {});
  EXPECT_THAT(page, Not(HasSubstr("Steps and what came of them")));
  EXPECT_THAT(page, HasSubstr("Dose by intensity"));
}

}  // namespace
}  // namespace attune::report::test
