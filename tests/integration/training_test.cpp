#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "integration/attune.hpp"

// `attune train state`, ended from outside and gone on with.
namespace attune {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const std::vector<std::string> few_patients{"--data", "sim", "--patients", "6", "--seed", "3"};

std::vector<std::string> train(const std::vector<std::string>& more, const fs::path& said = {}) {
  std::vector<std::string> words{ATTUNE_BUILD_DIR "/attune", "train", "state"};
  words.insert(words.end(), few_patients.begin(), few_patients.end());
  words.insert(words.end(), more.begin(), more.end());
  if (said.empty()) return words;
  // What it says goes where the test can read it meanwhile; the process stays the same.
  std::string line = "exec";
  for (const auto& word : words) line += " '" + word + "'";
  return {"sh", "-c", line + " > '" + said.string() + "'"};
}

nlohmann::json card_of(const fs::path& card) { return nlohmann::json::parse(test::whole_file(card)); }

std::size_t lines_of(const fs::path& path) {
  const auto text = test::whole_file(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool wait_for(const std::function<bool()>& come) {
  for (int i = 0; i < 1200 && !come(); ++i) std::this_thread::sleep_for(50ms);
  return come();
}

TEST(Training, CtrlCKeepsTheBestEpochAndWritesAWholeModel) {
  const test::ScratchFolder scratch;
  test::RunningProgram program(
      train({"--epochs", "1000000", "-o", (scratch / "m.pt").string()}, scratch / "said"));
  ASSERT_TRUE(wait_for([&] { return lines_of(scratch / "said") > 5; }));
  program.signal(SIGINT);
  const auto ended = program.end_within(60.0);
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(ended->status, 0) << ended->err;
  const auto card = card_of(scratch / "m.json");
  const auto& training = card["training"];
  EXPECT_TRUE(training["interrupted"].get<bool>());
  const auto run = training["epochs_run"].get<std::size_t>(),
             best = training["best_epoch"].get<std::size_t>();
  EXPECT_GE(run, 4U);
  EXPECT_LT(run, 1'000'000U);
  EXPECT_EQ(training["losses"].size(), run + 1) << "and what it began at";
  for (const auto& loss : training["losses"])
    EXPECT_GE(loss["validation"], training["losses"][best]["validation"]);
  for (const auto& [what, file] : card["plots"].items())
    EXPECT_TRUE(fs::exists(scratch / file.get<std::string>())) << what;

  // The model is the one that a training of so many epochs gives.
  const auto again = test::run(train(
      {"--epochs", std::to_string(std::max<std::size_t>(best, 1)), "-o", (scratch / "again.pt").string()}));
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(test::whole_file(scratch / "m.pt"), test::whole_file(scratch / "again.pt"));
  EXPECT_FALSE(card_of(scratch / "again.json")["training"]["interrupted"].get<bool>());
}

TEST(Training, AKilledSearchGoesOnAndEndsAsIfItHadNotBeenKilled) {
  const test::ScratchFolder scratch;
  const auto search = [&](const std::string& name) {
    return train({"--epochs", "3", "--search", "5", "-o", (scratch / (name + ".pt")).string()});
  };
  {
    test::RunningProgram program(search("killed"));
    ASSERT_TRUE(wait_for([&] { return lines_of(scratch / "killed_trials.csv") >= 3; }));
    program.signal(SIGKILL);
    const auto ended = program.end_within(10.0);
    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(ended->status, 128 + SIGKILL);
    EXPECT_FALSE(fs::exists(scratch / "killed.pt"));
  }
  const auto rows = test::whole_file(scratch / "killed_trials.csv");
  const auto resumed = test::run(search("killed"));
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  const auto whole = test::run(search("whole"));
  ASSERT_EQ(whole.status, 0) << whole.err;
  EXPECT_EQ(test::whole_file(scratch / "killed_trials.csv"), test::whole_file(scratch / "whole_trials.csv"));
  EXPECT_TRUE(
      test::whole_file(scratch / "whole_trials.csv").starts_with(rows.substr(0, rows.rfind('\n') + 1)));
  EXPECT_EQ(test::whole_file(scratch / "killed.pt"), test::whole_file(scratch / "whole.pt"));
  EXPECT_EQ(card_of(scratch / "killed.json")["training"]["searched_settings"], 5);
  EXPECT_NE(resumed.out.find("of 5 settings"), std::string::npos) << resumed.out;
}

TEST(Training, CtrlCInASearchSaysHowToGoOn) {
  const test::ScratchFolder scratch;
  test::RunningProgram program(train({"--search", "1000", "--json", "-o", (scratch / "m.pt").string()}));
  ASSERT_TRUE(wait_for([&] { return lines_of(scratch / "m_trials.csv") >= 2; }));
  program.signal(SIGINT);
  const auto ended = program.end_within(60.0);
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(ended->status, 1);
  EXPECT_EQ(ended->out, "");
  EXPECT_NE(ended->err.find("of 1000 settings: the same command goes on from"), std::string::npos)
      << ended->err;
  EXPECT_FALSE(fs::exists(scratch / "m.pt"));
}

TEST(Training, TheCardTellsWhatTheModelIsAndIsNotForAndWhatPrintsEachFigure) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "wait.json")
      << R"({"set":"wait","protocol":"strict","seed":1,"auc":0.61,"questions":[1],"calibration":{"50":0.49}})";
  const auto trained = test::run(train({"--epochs", "2", "--json", "-o", (scratch / "m.pt").string(),
                                        "--evaluation", (scratch / "wait.json").string()}));
  ASSERT_EQ(trained.status, 0) << trained.err;
  const auto card = nlohmann::json::parse(trained.out);
  EXPECT_EQ(card, card_of(scratch / "m.json"));
  EXPECT_EQ(card["trained_on"], "virtual patients");
  EXPECT_NE(card["must_not_be_used"].dump().find("with people"), std::string::npos);
  EXPECT_EQ(card["evaluations"][0]["command"],
            "attune evaluate state --data sim --set wait --protocol strict --seed 1 --json");
  EXPECT_EQ(card["evaluations"][0]["auc"], 0.61);
  for (const auto* part : {"figures", "calibration"}) EXPECT_TRUE(card[part].contains("command")) << part;
  const auto sum = test::run({"sha256sum", (scratch / "m.pt").string()});
  EXPECT_TRUE(sum.out.starts_with(card["sha256"].get<std::string>())) << sum.out;
  // The command of the card makes the same file again.
  std::filesystem::copy_file(scratch / "m.pt", scratch / "before.pt");
  auto command = card["command"].get<std::string>();
  ASSERT_TRUE(command.starts_with("attune ")) << command;
  const auto again = test::run({"sh", "-c", std::string(ATTUNE_BUILD_DIR "/") + command});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(test::whole_file(scratch / "m.pt"), test::whole_file(scratch / "before.pt"));

  std::ofstream(scratch / "wait.json") << "an evaluation";
  const auto refused =
      test::run(train({"-o", (scratch / "n.pt").string(), "--evaluation", (scratch / "wait.json").string()}));
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("wait.json: is not what"), std::string::npos) << refused.err;
}

TEST(Training, ANameThatCannotBeWrittenIsRefusedBeforeTheWork) {
  const test::ScratchFolder scratch;
  const auto refused = [&](const std::string& output, const std::string& because) {
    for (const auto* network : {"state", "treatment"}) {
      std::vector<std::string> words{"train", network, "--patients", "6", "-o", output};
      if (network == std::string("state"))
        words.insert(words.end(), {"--data", "sim"});
      else
        words.insert(words.end(), {"--monitor", ATTUNE_SOURCE_DIR "/models/state_monitor_sim.pt"});
      const auto outcome = test::attune(words);
      EXPECT_EQ(outcome.status, 2) << network;
      EXPECT_NE(outcome.err.find(because), std::string::npos) << outcome.err;
      EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
          << "nothing was begun: " << outcome.err;
    }
  };
  refused((scratch / "m.bin").string(), "m.bin: a model's name must end in .pt");
  refused((scratch / "nowhere" / "m.pt").string(), "m.pt: there is no folder");
  EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST(Training, NamesWhatItCannotLearnFrom) {
  const test::ScratchFolder scratch;
  const auto refused = [&](const std::vector<std::string>& words, const std::string& because) {
    std::vector<std::string> command{ATTUNE_BUILD_DIR "/attune", "train", "state", "-o",
                                     (scratch / "m.pt").string()};
    command.insert(command.end(), words.begin(), words.end());
    const auto outcome = test::run(command);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find(because), std::string::npos) << outcome.err;
    EXPECT_FALSE(fs::exists(scratch / "m.pt"));
  };
  refused({"--data", (scratch / "nothing").string()}, "holds none of vr-cafe, vr-wait, stress-predict");
  refused({"--data", (scratch / "nothing").string(), "--sets", "wait,tea"}, "'tea' is no set");
  refused({"--data", (scratch / "nothing").string(), "--sets", "ceap"}, "does not hold ceap360vr");
  fs::create_directories(scratch / "vreed");
  std::ofstream(scratch / "vreed" / "features.csv") << "Subject_ID\n";
  refused({"--data", scratch.path().string(), "--sets", "vreed"}, "--vreed-aroused");
  refused({"--data", scratch.path().string(), "--sets", "vreed", "--vreed-aroused", "4"}, "none of VREED's");
}

}  // namespace
}  // namespace attune
