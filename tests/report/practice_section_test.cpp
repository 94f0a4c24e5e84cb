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
  EXPECT_THAT(page, Not(HasSubstr("Dose"))) << "where nothing is exposed there is no dose";
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

TEST_F(PracticeSection, AnswersOfEveryKindStandAmongWhatThePatientSaid) {
  constexpr const char* not_answered = "asked, not answered";
  const auto answered = [](record::Recorder& recorder) {
    const auto event = [&](double at_s, record::EventKind kind, telemetry::ReportKind what, double value) {
      recorder.event(
          record::make_event(core::at_seconds(at_s), kind, "?", {static_cast<double>(what), value}));
    };
    using record::EventKind;
    using telemetry::ReportKind;
    event(3.0, EventKind::question_answered, ReportKind::belief, 75.0);
    event(4.0, EventKind::question_answered, ReportKind::urge, 33.0);
    event(5.0, EventKind::question_answered, ReportKind::choice, 3.0);
    event(6.0, EventKind::question_asked, ReportKind::comfort, 0.0);
  };
  const auto page = page_of("cbt", answered);
  for (const auto* said : {"<strong>75 %</strong> <span class=\"aside\">at 0:03",
                           "<strong>33</strong> <span class=\"aside\">at 0:04",
                           "<strong>4</strong> <span class=\"aside\">at 0:05"})
    EXPECT_THAT(page, HasSubstr(said));
  EXPECT_THAT(page, HasSubstr(not_answered)) << "comfort was asked for";
  EXPECT_THAT(page_of("cbt", [](record::Recorder&) {}), Not(HasSubstr(not_answered)));
}

TEST_F(PracticeSection, ALikelihoodThatWasAskedForIsNotSaidToBeNotAsked) {
  const auto page = page_of("heights", [](record::Recorder& recorder) {
    recorder.event(record::make_event(core::at_seconds(3.0), record::EventKind::question_asked, "?",
                                      {static_cast<double>(telemetry::ReportKind::expectancy)}));
  });
  EXPECT_THAT(page, HasSubstr("Not answered both before and after: how likely what was feared seemed"));
  EXPECT_THAT(page, Not(HasSubstr("Not asked: how likely")));
}

TEST_F(PracticeSection, ResultsThatAddUpAreNotToldTwice) {
  const auto page = page_of("cbt", [](record::Recorder& recorder) {
    for (int i = 0; i < 3; ++i)
      tell(recorder, record::EventKind::practice, "belief in the thought: 75 % before");
    tell(recorder, record::EventKind::practice, "belief in the thought: 75 % before, 40 % after");
  });
  const auto once = page.find("75 % before<");
  ASSERT_NE(once, std::string::npos);
  const auto table = page.substr(0, page.find("What the patient said"));  // the events below have them all
  EXPECT_EQ(table.find("75 % before<", once + 1), std::string::npos);
  EXPECT_THAT(table, HasSubstr("75 % before, 40 % after<"));
}

TEST_F(PracticeSection, WhatAChineseSessionSaysOfItselfIsThereInBothLanguages) {
  const auto page = page_of("breathing", [](record::Recorder& recorder) {
    tell(recorder, record::EventKind::question_asked, "提问：痛苦程度（SUDS 0–100）");
    tell(recorder, record::EventKind::question_answered, "回答：40，痛苦程度（SUDS 0–100）");
    tell(recorder, record::EventKind::command, "提高上限至 90 SUDS: 治疗师提高了上限");
    tell(recorder, record::EventKind::headset, "the OpenXR runtime did not answer for 2.4 s");
    tell(recorder, record::EventKind::note, "what happened: nothing");
  });
  for (const auto* words : {"asked: distress (SUDS 0-100)", "answered: 40, distress (SUDS 0-100)",
                            "raise the ceiling to 90 SUDS: the therapist raised the ceiling",
                            "OpenXR 运行时 2.4 秒无响应", "实际发生：nothing"})
    EXPECT_THAT(page, HasSubstr(words));
}

TEST_F(PracticeSection, IsNotThereWhereNothingWasPractised) {
  const auto page = page_of("heights", [](record::Recorder&) {});
  EXPECT_THAT(page, Not(HasSubstr("Steps and what came of them")));
  EXPECT_THAT(page, HasSubstr("Dose by intensity"));
}

}  // namespace
}  // namespace attune::report::test
