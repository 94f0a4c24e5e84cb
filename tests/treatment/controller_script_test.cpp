#include <gtest/gtest.h>

#include <cmath>

#include "controller_bench.hpp"

// What is said and asked, as the controller does it.
namespace attune::treatment {
namespace {

TEST(ControllerScript, AsksAsThePrescriptionSaysAndCountsWhatIsNotAnswered) {
  auto programme = heights();
  std::erase_if(programme.questions, [](const Question& q) { return q.kind != telemetry::ReportKind::suds; });
  auto bench = exposing(programme);
  const auto& question = programme.questions[1];
  EXPECT_EQ(bench.run(question.first_after_s - 1.0).question, 0);
  auto out = bench.run(2.0);
  EXPECT_EQ(out.question_kind, telemetry::ReportKind::suds);
  EXPECT_NEAR(out.asked.seconds(), question.first_after_s, 2 * frame_s);
  EXPECT_EQ(out.unanswered, 0);
  out = bench.run(question.answer_within_s + 1.0);
  EXPECT_EQ(out.question, 0);
  EXPECT_EQ(out.unanswered, 1);
  EXPECT_EQ(bench.run(100.0).question, 0) << "at most every three minutes";
  out = bench.run(question.every_s);
  EXPECT_EQ(out.unanswered, 2);
  EXPECT_EQ(bench.answer(telemetry::ReportKind::suds, 40.0F).unanswered, 0);
}

TEST(ControllerScript, ClosesAQuestionWithItsAnswerAndIgnoresImpossibleOnes) {
  auto bench = exposing();
  bench.run(121.0);
  EXPECT_NE(bench.answer(telemetry::ReportKind::suds, 400.0F).question, 0);
  EXPECT_NE(bench.answer(telemetry::ReportKind::suds, NAN).question, 0);
  const auto out = bench.answer(telemetry::ReportKind::suds, 35.0F);
  EXPECT_EQ(out.question, 0);
  EXPECT_EQ(out.suds, 35.0F);
}

TEST(ControllerScript, ForgetsReportsWithANewStart) {
  auto bench = exposing();
  bench.run(5.0);
  bench.answer(telemetry::ReportKind::suds, 95.0F);
  bench.enter(Phase::safe_place);
  EXPECT_EQ(bench.run(1.0).suds, 95.0F);
  bench.enter(Phase::neutral);
  EXPECT_FALSE(bench.run(1.0).suds.has_value());
}

TEST(ControllerScript, SaysEveryPromptOfThePhasesInTheirTime) {
  Bench bench;
  bench.enter(Phase::waiting);
  bench.run(5.0);
  bench.enter(Phase::neutral);
  bench.run(120.0);
  bench.enter(Phase::exposure);
  bench.run(900.0);
  bench.enter(Phase::paused_exposure);
  bench.run(5.0);
  bench.enter(Phase::recovery);
  bench.run(180.0);
  bench.enter(Phase::ended);
  bench.run(5.0);
  for (const auto& prompt : heights().prompts) {
    const bool by_event = prompt.when != PromptTrigger::phase_start && prompt.when != PromptTrigger::after;
    if (by_event || prompt.phase == Phase::safe_place) continue;
    EXPECT_TRUE(bench.prompts.contains(prompt.id)) << prompt.id;
  }
}

}  // namespace
}  // namespace attune::treatment
