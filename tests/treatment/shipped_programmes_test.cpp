#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "attune/core/files.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/programme.hpp"

// The fifteen programmes that are shipped: each is sound, complete in both languages, rests on something, and
// has the structure that its field asks for.
namespace attune::treatment {
namespace {

using telemetry::Activity;
using telemetry::ReportKind;

const std::filesystem::path folder = ATTUNE_SOURCE_DIR "/assets/programs";

std::string text_of(const std::string& id) {
  const auto text = core::read_text(folder / (id + ".toml"));
  return text ? *text : std::string();
}
Programme shipped(const std::string& id) {
  auto read = Programme::load((folder / (id + ".toml")).string());
  if (!read) throw std::runtime_error(read.error().message);
  return *read;
}
std::vector<std::string> shipped_ids() {
  std::vector<std::string> ids;
  for (const auto& programme : list_programmes(folder)) ids.push_back(programme.id);
  return ids;
}
std::vector<Activity> activities_of(const Programme& programme) {
  std::vector<Activity> activities;
  for (const auto& step : programme.ladder) activities.push_back(step.activity);
  return activities;
}
bool has(const Programme& programme, Activity activity) {
  const auto activities = activities_of(programme);
  return std::find(activities.begin(), activities.end(), activity) != activities.end();
}
/// Index of the first step of an activity.
std::size_t first_of(const Programme& programme, Activity activity) {
  const auto activities = activities_of(programme);
  return static_cast<std::size_t>(std::find(activities.begin(), activities.end(), activity) -
                                  activities.begin());
}
template <typename Test>
bool any_way(const Step& step, Test test) {
  return std::any_of(step.go_on.begin(), step.go_on.end(), test);
}

TEST(ShippedProgrammes, AreTheFifteenAndEveryOneIsSoundInBothLanguages) {
  const std::vector<std::string> ids{"attention-training",
                                     "breathing",
                                     "cbt",
                                     "community",
                                     "crowded-transport",
                                     "dot-probe",
                                     "exam-hall",
                                     "gaming",
                                     "heights",
                                     "mindfulness",
                                     "office",
                                     "public-speaking",
                                     "remote-care",
                                     "safe-place",
                                     "social-plaza"};
  EXPECT_EQ(shipped_ids(), ids);
  for (const auto& programme : list_programmes(folder)) {
    EXPECT_TRUE(programme.ok()) << programme.id << ": "
                                << (programme.problems.empty() ? "" : programme.problems[0].message);
    EXPECT_EQ(programme.languages, (std::vector<std::string>{"en", "zh"})) << programme.id;
  }
}

TEST(ShippedProgrammes, SayWhatTheyRestOnAndWhatTheyAreNot) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    EXPECT_FALSE(programme.sources.empty()) << id;
    const auto text = text_of(id);
    const auto header = text.substr(0, text.find("\nid = "));
    EXPECT_NE(header.find("What it rests on"), std::string::npos) << id;
    EXPECT_NE(header.find("What it is not"), std::string::npos) << id;
  }
}

TEST(ShippedProgrammes, HaveAWordForEveryPlaceAPatientCanComeTo) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    for (const auto phase : {Phase::waiting, Phase::neutral, Phase::recovery, Phase::safe_place,
                             Phase::paused_exposure, Phase::ended}) {
      EXPECT_TRUE(std::any_of(programme.prompts.begin(), programme.prompts.end(),
                              [&](const Prompt& prompt) {
                                return prompt.phase == phase && prompt.when == PromptTrigger::phase_start;
                              }))
          << id << ": " << static_cast<int>(phase);
    }
    for (const auto when : {PromptTrigger::high_distress, PromptTrigger::eased}) {
      EXPECT_TRUE(std::any_of(programme.prompts.begin(), programme.prompts.end(), [&](const Prompt& prompt) {
        return prompt.when == when;
      })) << id;
    }
  }
}

TEST(ShippedProgrammes, TellThePatientHowToStopBeforeTheyBegin) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    const auto welcome = std::find_if(programme.prompts.begin(), programme.prompts.end(),
                                      [](const Prompt& prompt) { return prompt.phase == Phase::waiting; });
    ASSERT_NE(welcome, programme.prompts.end()) << id;
    EXPECT_NE(welcome->text.en.find("You can stop at any time"), std::string::npos) << id;
    EXPECT_NE(welcome->text.zh.find("随时可以停下"), std::string::npos) << id;
  }
}

// What a person bears wanders by about 0.05: where steps only touched, they were left and taken in turns,
// each time with words to the patient and with another variant of the scene.
TEST(ShippedProgrammes, LetTheStepsOfALadderOverlapByMoreThanTheDoseWanders) {
  std::size_t overlaps = 0;
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    if (programme.order != Order::ladder) continue;
    for (std::size_t step = 1; step < programme.ladder.size(); ++step) {
      const float overlap = programme.ladder[step - 1].intensity.high - programme.ladder[step].intensity.low;
      EXPECT_GT(overlap, 0.055F) << id << ", step " << step + 1;
      EXPECT_LT(overlap, 0.065F) << id << ", step " << step + 1 << ": its title would say what is not shown";
      ++overlaps;
    }
  }
  EXPECT_GE(overlaps, 20U);
}

TEST(ShippedProgrammes, EveryExposureCarriesACardAndMayEndAStepOnExpectancyOrOnDistress) {
  int exposures = 0;
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    if (programme.kind != "exposure") continue;
    ++exposures;
    for (const auto item : {CardItem::before, CardItem::happened, CardItem::after}) {
      EXPECT_TRUE(std::any_of(programme.questions.begin(), programme.questions.end(),
                              [&](const Question& question) { return question.card == item; }))
          << id;
    }
    EXPECT_FALSE(programme.feared.en.empty()) << id;
    std::set<std::uint8_t> shown;
    for (const auto& step : programme.ladder) {
      shown.insert(step.variants.begin(), step.variants.end());
      if (step.activity != Activity::exposure) continue;
      EXPECT_TRUE(any_way(step, [](const WayOn& way) { return way.expectancy_at_most.has_value(); }))
          << id << ": " << step.title.en;
      EXPECT_TRUE(any_way(step, [](const WayOn& way) { return way.distress_at_most.has_value(); }))
          << id << ": " << step.title.en;
      EXPECT_GE(step.variants.size(), 2u) << id << ": " << step.title.en << ": variants alternate";
    }
    EXPECT_GE(shown.size(), 2u) << id;
    EXPECT_EQ(shown.count(4), 0u) << id << ": the fifth context is kept new";
    EXPECT_TRUE(std::any_of(programme.questions.begin(), programme.questions.end(),
                            [](const Question& question) {
                              return question.kind == ReportKind::expectancy &&
                                     question.phase == Phase::exposure;
                            }))
        << id << ": a way on by expectancy needs an answer in the exposure";
  }
  EXPECT_EQ(exposures, 8);
}

TEST(ShippedProgrammes, NeverMixTrainingOfAttentionAndExposure) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    for (const auto& step : programme.ladder) {
      if (!forbids_exposure(step.activity)) continue;
      EXPECT_EQ(step.intensity.high, 0.0F) << id << ": " << step.title.en;
    }
    const bool trains = has(programme, Activity::gaze_training) || has(programme, Activity::dot_probe);
    const bool exposes = has(programme, Activity::exposure) || has(programme, Activity::experiment);
    EXPECT_FALSE(trains && exposes) << id;
  }
}

TEST(ShippedProgrammes, ATrainingThatExposedWouldBeRefused) {
  auto text = text_of("attention-training");
  for (const auto& [was, is] :
       {std::pair{std::string("intensity = [0.0, 0.0]"), "intensity = [0.0, 0.5]"},
        {std::string("phase = \"exposure\"\nlimit_s = 1020\nminimum_s = 240\n"
                     "intensity = [0.0, 0.0]"),
         "phase = \"exposure\"\nlimit_s = 1020\nminimum_s = 240\nintensity = [0.0, 0.5]"},
        {std::string("activity = \"gaze_training\""),
         "activity = \"gaze_training\"\nintensity = [0.0, 0.5]"}}) {
    const auto at = text.find(was);
    ASSERT_NE(at, std::string::npos) << was;
    text.replace(at, was.size(), is);
  }
  const auto read = Programme::parse(text, "mixed.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("exposure must not"), std::string::npos) << read.error().message;
}

TEST(ShippedProgrammes, OnlyWorkAndEducationNeedARecordedPurpose) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    EXPECT_EQ(programme.needs_purpose(), id == "office" || id == "exam-hall") << id;
    EXPECT_EQ(programme.limits.needs_therapist, id == "remote-care") << id;
  }
  EXPECT_EQ(shipped("office").setting, "workplace");
  EXPECT_EQ(shipped("exam-hall").setting, "education");
  EXPECT_EQ(shipped("remote-care").setting, "home");
}

TEST(ShippedProgrammes, RemoteCareIsGentlerThanTheClinic) {
  const auto home = shipped("remote-care"), clinic = shipped("heights");
  EXPECT_LT(home.limits.intensity.high, clinic.limits.intensity.high);
  EXPECT_LT(home.limits.ceiling, clinic.limits.ceiling);
  EXPECT_LT(home.limits.suds_ceiling, clinic.limits.suds_ceiling);
  EXPECT_LE(home.limits.rise_per_s, clinic.limits.rise_per_s);
  EXPECT_LT(home.duration_s(), clinic.duration_s());
}

/// Sickness is known by what is said alone.
bool asks_for_comfort_in_exposure(const Programme& programme) {
  return std::any_of(programme.questions.begin(), programme.questions.end(), [](const Question& question) {
    return question.kind == ReportKind::comfort && question.phase == Phase::exposure;
  });
}

TEST(ShippedProgrammes, AskForComfortWhereTheyHoldItHigherThanElsewhere) {
  int higher = 0;
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    if (programme.limits.comfort_at_least <= ProgrammeLimits{}.comfort_at_least) continue;
    ++higher;
    EXPECT_TRUE(asks_for_comfort_in_exposure(programme))
        << id << ": a limit that no answer can break is none";
  }
  EXPECT_EQ(higher, 3);
}

TEST(ShippedProgrammes, AskForComfortWhereTheGroundRises) {
  EXPECT_TRUE(asks_for_comfort_in_exposure(shipped("heights")));
}

TEST(ShippedProgrammes, BreathingStartsAtSixAndSearchesTheResonance) {
  const auto programme = shipped("breathing");
  const auto& plan = programme.practices.breathing;
  EXPECT_FALSE(plan.protocol.en.empty());
  EXPECT_EQ(plan.start_per_min, 6.0F);
  ASSERT_TRUE(plan.search_per_min.has_value());
  EXPECT_EQ((*plan.search_per_min)[0], 4.5F);
  EXPECT_EQ((*plan.search_per_min)[1], 7.0F);
  EXPECT_TRUE(plan.biofeedback);
  EXPECT_EQ(programme.limits.intensity.high, 0.0F);
  // The search has time for every rate.
  const double rates = 1.0 + (7.0 - 4.5) / static_cast<double>(plan.by_per_min);
  EXPECT_GE(*programme.ladder[0].limit_s, rates * plan.each_s);
}

TEST(ShippedProgrammes, DotProbeOnlyMeasures) {
  const auto programme = shipped("dot-probe");
  EXPECT_EQ(programme.kind, "measure");
  EXPECT_DOUBLE_EQ(programme.practices.dot_probe.cue_s, 0.5);
  EXPECT_GT(programme.practices.dot_probe.neutral_share, 0.0F);
  EXPECT_FALSE(has(programme, Activity::gaze_training));
  EXPECT_FALSE(programme.adaptive.intensity || programme.adaptive.calm_feedback ||
               programme.adaptive.gaze_lead);
}

TEST(ShippedProgrammes, GroundingCountsDownWithAPromptForEachSense) {
  const auto programme = shipped("mindfulness");
  EXPECT_EQ(programme.practices.grounding.counts, (std::array<std::uint8_t, 5>{5, 4, 3, 2, 1}));
  std::set<int> senses;
  for (const auto& prompt : programme.prompts) {
    if (prompt.when == PromptTrigger::part) senses.insert(prompt.part);
  }
  EXPECT_EQ(senses, (std::set<int>{1, 2, 3, 4, 5}));
}

TEST(ShippedProgrammes, CognitiveTherapyRatesTheThoughtBeforeAndAfterItsTest) {
  const auto programme = shipped("cbt");
  const auto test = first_of(programme, Activity::experiment);
  ASSERT_LT(test, programme.ladder.size());
  EXPECT_EQ(programme.ladder.front().activity, Activity::thought_record);
  EXPECT_GT(programme.ladder[test].intensity.high, 0.0F) << "inside a scene";
  int before = 0, after = 0;
  for (const auto& question : programme.questions) {
    if (question.kind != ReportKind::belief || !question.step) continue;
    before += *question.step < test ? 1 : 0;
    after += *question.step > test ? 1 : 0;
  }
  EXPECT_GE(before, 1);
  EXPECT_GE(after, 1);
}

TEST(ShippedProgrammes, GamingGoesOnByAFallingUrge) {
  const auto programme = shipped("gaming");
  EXPECT_EQ(programme.world, "arcade");
  for (const auto& step : programme.ladder)
    EXPECT_TRUE(any_way(step, [](const WayOn& way) { return way.urge_at_most.has_value(); }));
  EXPECT_TRUE(
      std::any_of(programme.questions.begin(), programme.questions.end(), [](const Question& question) {
        return question.kind == ReportKind::urge && question.phase == Phase::exposure &&
               question.every_s > 0.0;
      }));
}

TEST(ShippedProgrammes, CommunityEndsWithInclusion) {
  const auto programme = shipped("community");
  EXPECT_EQ(programme.world, "plaza");
  EXPECT_EQ(programme.ladder.back().activity, Activity::social);
  EXPECT_LT(programme.ladder.back().intensity.high, programme.limits.intensity.high);
  // What comes before it leaves time for it.
  double before_s = 0.0;
  for (std::size_t i = 0; i + 1 < programme.ladder.size(); ++i) before_s += *programme.ladder[i].limit_s;
  EXPECT_LT(before_s + programme.ladder.back().hold_s, programme.plan(Phase::exposure).limit_s);
}

TEST(ShippedProgrammes, TheOfficeLeadsFromWorkThroughBreathAndMovementToPeople) {
  const auto programme = shipped("office");
  EXPECT_EQ(activities_of(programme),
            (std::vector<Activity>{Activity::work, Activity::breathing, Activity::movement, Activity::social,
                                   Activity::social}));
  const auto breathing = static_cast<std::uint16_t>(first_of(programme, Activity::breathing));
  EXPECT_TRUE(any_way(programme.ladder.front(), [&](const WayOn& way) {
    return way.distress_at_least && way.to == breathing;
  })) << "likely anxiety leads to slow breathing";
  EXPECT_TRUE(programme.ladder.front().limit_s.has_value()) << "with inference off the break still comes";
}

TEST(ShippedProgrammes, SequencesHaveTimeForEveryStep) {
  for (const auto& id : shipped_ids()) {
    const auto programme = shipped(id);
    if (programme.order != Order::sequence) continue;
    double longest_s = 0.0;
    for (const auto& step : programme.ladder) longest_s += step.limit_s.value_or(step.hold_s);
    EXPECT_LE(longest_s, programme.plan(Phase::exposure).limit_s) << id;
  }
}

}  // namespace
}  // namespace attune::treatment
