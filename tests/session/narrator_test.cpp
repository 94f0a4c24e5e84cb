#include "attune/session/narrator.hpp"

#include <gtest/gtest.h>

#include "attune/session/prescription.hpp"
#include "session/patient_frames.hpp"
#include "support/allocations.hpp"

// What is told of a session, in words.
namespace attune::session {
namespace {

using record::EventKind;
using telemetry::CommandKind;

/// A session whose frames a test changes before they are decided on.
struct NarratorTest : testing::Test {
  struct Told {
    EventKind kind;
    std::string words;
    std::vector<double> values;
  };

  static PipelineSpec spec(const std::string& id, std::shared_ptr<Networks> networks) {
    const auto programme = treatment::Programme::load(id);
    EXPECT_TRUE(programme.ok());
    return prescribe(*programme, 0.0, record::SourceKind::person, std::move(networks));
  }
  void begin(const std::string& id = "heights", treatment::Language language = treatment::Language::english,
             std::shared_ptr<Networks> networks = nullptr) {
    pipeline.emplace(spec(id, std::move(networks)));
    narrator.emplace(language);
    patient = {};
    told.clear();
  }
  void go_on(double seconds, const std::function<void(telemetry::Frame&)>& change = {}) {
    for (int i = 0; i < static_cast<int>(seconds * test::StandingPatient::rate_hz); ++i) {
      auto frame = patient.next();
      if (change) change(frame);
      pipeline->step(frame);
      for (const auto& event : narrator->tell(frame, *pipeline))
        told.push_back({event.kind, std::string(event.words()), {event.values.begin(), event.values.end()}});
    }
  }
  void command(CommandKind kind, float value = 0.0F) {
    bool sent = false;
    go_on(0.1, [&](telemetry::Frame& frame) {
      if (!std::exchange(sent, true)) frame.commands.push_back({kind, value});
    });
  }
  [[nodiscard]] std::vector<Told> of_kind(EventKind kind) const {
    std::vector<Told> found;
    std::copy_if(told.begin(), told.end(), std::back_inserter(found),
                 [&](const auto& one) { return one.kind == kind; });
    return found;
  }

  std::optional<Pipeline> pipeline;
  std::optional<Narrator> narrator;
  test::StandingPatient patient;
  std::vector<Told> told;
};

TEST_F(NarratorTest, APracticeIsNotCalledAnExposure) {
  begin("heights");
  go_on(1.0);
  command(CommandKind::skip);
  EXPECT_EQ(of_kind(EventKind::phase_entered).back().words,
            "exposure: the therapist moved on to the next phase");
  begin("breathing");
  go_on(1.0);
  command(CommandKind::skip);
  EXPECT_EQ(of_kind(EventKind::phase_entered).back().words,
            "practice: the therapist moved on to the next phase");
}

TEST_F(NarratorTest, AHoldThatComesAndGoesIsToldOnce) {
  begin();
  go_on(1.0);
  command(CommandKind::skip);
  told.clear();
  int frames = 0;
  go_on(4.0, [&](telemetry::Frame& frame) { frame.headset.focused = (++frames / 18) % 2 == 0; });
  EXPECT_EQ(of_kind(EventKind::held).size(), 1u) << "focus was lost eight times in four seconds";
  go_on(5.0);
  go_on(0.5, [](telemetry::Frame& frame) { frame.headset.focused = false; });
  EXPECT_EQ(of_kind(EventKind::held).size(), 2u) << "after five seconds with it, losing it is news";
}

/// Networks whose treatment network never says a word.
class Mute final : public Networks {
 public:
  state::MonitorOutput infer(const state::Features&, const state::OwnStart&) override {
    state::MonitorOutput output;
    output.present_count = 1;
    return output;
  }
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding&) override {
    return std::nullopt;
  }
  std::array<state::Contribution, 5> explain(const state::Features&, const state::OwnStart&) const override {
    return {};
  }
};

TEST_F(NarratorTest, ANetworkIsCalledSilentOnceItHasBeenAskedAndNotBefore) {
  const auto silent = [&] {
    const auto held = of_kind(EventKind::held);
    return std::any_of(held.begin(), held.end(), [](const Told& one) {
      return one.values[0] == static_cast<double>(treatment::Hold::model_stale);
    });
  };
  begin("heights", treatment::Language::english, test::drawn_networks());
  go_on(12.0);
  EXPECT_FALSE(silent()) << "before there is anything to be asked about is no silence";
  begin("heights", treatment::Language::english, std::make_shared<Mute>());
  go_on(12.0);
  EXPECT_TRUE(silent());
}

TEST_F(NarratorTest, TheFirstStepIsToldWhenTheMiddlePhaseBegins) {
  begin();
  go_on(1.0);
  EXPECT_TRUE(of_kind(EventKind::step_entered).empty()) << "the baseline has no steps";
  command(CommandKind::skip);
  go_on(0.5);
  ASSERT_EQ(of_kind(EventKind::step_entered).size(), 1u);
  EXPECT_EQ(of_kind(EventKind::step_entered)[0].values, std::vector{0.0});
}

TEST_F(NarratorTest, TheTherapistsStepIsToldAsACommandAndNotExplained) {
  begin();
  go_on(1.0);
  command(CommandKind::skip);
  told.clear();
  command(CommandKind::step_up);
  ASSERT_EQ(of_kind(EventKind::step_entered).size(), 1u);
  EXPECT_EQ(of_kind(EventKind::step_entered)[0].values, std::vector{1.0});
  EXPECT_TRUE(of_kind(EventKind::step_left).empty());
}

TEST_F(NarratorTest, WhatIsNotPossibleIsSaidToBeNotPossible) {
  begin();
  go_on(1.0);
  told.clear();
  command(CommandKind::resume);
  ASSERT_EQ(of_kind(EventKind::command).size(), 1u);
  EXPECT_EQ(of_kind(EventKind::command)[0].words, "resume: not possible in this phase");
  // Of two in one frame each has its own answer.
  bool sent = false;
  go_on(0.1, [&](telemetry::Frame& frame) {
    if (std::exchange(sent, true)) return;
    frame.commands.push_back({CommandKind::pause, 0.0F});
    frame.commands.push_back({CommandKind::pause, 0.0F});
  });
  const auto commands = of_kind(EventKind::command);
  ASSERT_EQ(commands.size(), 3u);
  EXPECT_EQ(commands[1].words, "pause");
  EXPECT_EQ(commands[2].words, "pause: not possible in this phase");
}

TEST_F(NarratorTest, ACeilingIsToldInSudsAndWhetherItWasAskedForOrRaised) {
  begin();
  go_on(1.0);
  told.clear();
  command(CommandKind::raise_ceiling, 0.9F);
  go_on(2.0);
  command(CommandKind::raise_ceiling, 0.9F);
  command(CommandKind::raise_ceiling, 0.5F);
  const auto commands = of_kind(EventKind::command);
  ASSERT_EQ(commands.size(), 3u);
  EXPECT_EQ(
      commands[0].words,
      "raise the ceiling to 90 SUDS: the therapist asks to raise the ceiling; the same again within 10 s "
      "does it");
  EXPECT_EQ(commands[1].words, "raise the ceiling to 90 SUDS: the therapist raised the ceiling");
  EXPECT_EQ(commands[2].words, "raise the ceiling to 50 SUDS: not possible in this phase");
}

TEST_F(NarratorTest, QuestionsAndAnswersAreToldInTheLanguageOfTheSession) {
  begin("heights", treatment::Language::chinese);
  for (int i = 0; i < 100 && of_kind(EventKind::question_asked).empty(); ++i) go_on(1.0);
  bool said = false;
  go_on(0.1, [&](telemetry::Frame& frame) {
    if (std::exchange(said, true)) return;
    frame.reports.push_back({telemetry::ReportKind::suds, 40.0F, frame.time, frame.time});
    frame.reports.push_back({telemetry::ReportKind::choice, 1.0F, frame.time, frame.time});
    frame.reports.push_back({telemetry::ReportKind::comfort, 9.5F, frame.time, frame.time});
  });
  ASSERT_FALSE(of_kind(EventKind::question_asked).empty());
  EXPECT_EQ(of_kind(EventKind::question_asked)[0].words, "提问：预期可能性（0–100%）");
  const auto answers = of_kind(EventKind::question_answered);
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0].words, "回答：40，痛苦程度（SUDS 0–100）");
  EXPECT_EQ(answers[1].words, "回答：2，选择（选项序号）") << "people count options from 1";
  EXPECT_EQ(answers[2].words, "回答：9.5，舒适度（0–10）");
}

TEST_F(NarratorTest, AReportOfHighDistressIsToldAsTheReasonOfAStepDown) {
  begin();
  go_on(1.0);
  command(CommandKind::skip);
  command(CommandKind::step_up);
  told.clear();
  bool said = false;
  go_on(4.0, [&](telemetry::Frame& frame) {
    if (!std::exchange(said, true))
      frame.reports.push_back({telemetry::ReportKind::suds, 85.0F, frame.time, frame.time});
  });
  const auto left = of_kind(EventKind::step_left);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_NE(left[0].words.find("the patient reported high distress"), std::string::npos) << left[0].words;
  EXPECT_EQ(left[0].values, (std::vector<double>{1.0, 0.0, 2.0}));
}

TEST_F(NarratorTest, LikelyAnxietyIsToldWithItsUncertaintyAndWhatItRestsOn) {
  begin("office", treatment::Language::english, test::drawn_networks());
  go_on(1.0);
  command(CommandKind::skip);
  // Distress that is said aloud again and again leaves the step for likely anxiety.
  for (int minute = 0; minute < 10 && of_kind(EventKind::step_left).empty(); ++minute) {
    bool said = false;
    go_on(30.0, [&](telemetry::Frame& frame) {
      if (!std::exchange(said, true))
        frame.reports.push_back({telemetry::ReportKind::suds, 75.0F, frame.time, frame.time});
    });
  }
  const auto left = of_kind(EventKind::step_left);
  ASSERT_FALSE(left.empty());
  EXPECT_NE(left[0].words.find("anxiety is likely: about "), std::string::npos) << left[0].words;
  EXPECT_NE(left[0].words.find("95 % between "), std::string::npos) << left[0].words;
}

TEST_F(NarratorTest, TheCardIsToldOnceBothItsLikelihoodsAreThere) {
  begin();
  // Answers the next question for a likelihood, within 100 s.
  const auto answer = [&](float value) {
    bool said = false;
    for (int i = 0; i < 100 && !said; ++i) {
      go_on(1.0, [&](telemetry::Frame& frame) {
        const auto& open = pipeline->last_decision().directive.question;
        if (said || open.kind != telemetry::ReportKind::expectancy) return;
        said = true;
        frame.reports.push_back({open.kind, value, open.asked, frame.time});
      });
    }
    return said;
  };
  ASSERT_TRUE(answer(70.0F));
  EXPECT_TRUE(of_kind(EventKind::practice).empty()) << "only one likelihood is there";
  command(CommandKind::skip);
  command(CommandKind::skip);
  ASSERT_TRUE(answer(30.0F));
  const auto card = of_kind(EventKind::practice);
  ASSERT_EQ(card.size(), 1u);
  EXPECT_NE(card[0].words.find("70"), std::string::npos) << card[0].words;
  EXPECT_NE(card[0].words.find("30"), std::string::npos) << card[0].words;
  ASSERT_EQ(card[0].values.size(), 3u);
  EXPECT_EQ(card[0].values[1], 70.0);
  EXPECT_EQ(card[0].values[2], 30.0);
}

TEST_F(NarratorTest, AllocatesNothing) {
  begin();
  go_on(1.0);
  auto frame = patient.next();
  frame.commands.push_back({CommandKind::skip, 0.0F});
  pipeline->step(frame);
  const auto start = test::allocations();
  const auto count = narrator->tell(frame, *pipeline).size();
  EXPECT_EQ(test::allocations(), start);
  EXPECT_GT(count, 1u) << "nothing was told";
}

}  // namespace
}  // namespace attune::session
