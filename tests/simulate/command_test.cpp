#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/scratch_folder.hpp"

/// `attune simulate` as it is typed.
namespace attune::cli::test {
namespace {

attune::test::Outcome simulate(std::vector<std::string> options) {
  options.insert(options.begin(), {ATTUNE_BUILD_DIR "/attune", "simulate"});
  return attune::test::run(options);
}

TEST(SimulateCommand, PrintsStrictJsonWithAFigureForEveryOutcome) {
  const auto outcome = simulate({"--patients", "3", "--controller", "suds,adaptive,oracle", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto out = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(out["plant"], "a");
  EXPECT_EQ(out["patients"], 3);
  EXPECT_EQ(out["seed"], 1);
  EXPECT_EQ(out["population"], "shipped");
  EXPECT_EQ(out["minutes"], 20.0);
  EXPECT_EQ(out["sensors"], "all");
  EXPECT_TRUE(out["ablated"].is_null());
  ASSERT_EQ(out["controllers"].size(), 3u);
  ASSERT_EQ(out["paired"].size(), 2u);
  for (const auto& figures : {out["controllers"]["adaptive"], out["paired"]["adaptive-suds"]}) {
    for (const char* measure : {"habituation", "learning", "productive", "minutes_above_85", "dropouts",
                                "steps", "lead_share", "feedback_share"}) {
      ASSERT_TRUE(figures.contains(measure)) << measure;
      EXPECT_LE(figures[measure]["low"], figures[measure]["mean"]) << measure;
      EXPECT_GE(figures[measure]["high"], figures[measure]["mean"]) << measure;
    }
  }
}

TEST(SimulateCommand, HasNoIntervalOfOnePatient) {
  const auto outcome = simulate({"--patients", "1", "--controller", "fixed", "--plant", "b", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto out = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(out["plant"], "b");
  EXPECT_TRUE(out["controllers"]["fixed"]["learning"]["low"].is_null());
  EXPECT_GT(out["controllers"]["fixed"]["learning"]["mean"], 0.0);
}

TEST(SimulateCommand, DrawsCourses) {
  const attune::test::ScratchFolder folder;
  const auto plot = folder / "courses.svg";
  const auto outcome = simulate({"--patients", "3", "--controller", "suds", "--plot", plot.string()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  std::ifstream file(plot);
  const std::string svg{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(svg.find("suds: gained least"), std::string::npos);
  EXPECT_NE(svg.find("not fitted to a cohort"), std::string::npos) << "said wherever results are shown";
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
}

TEST(SimulateCommand, SaysWhatWasLeftOut) {
  const std::vector<std::string> request{"--patients", "2",        "--controller", "adaptive", "--sensors",
                                         "headset",    "--ablate", "reports",      "--seed",   "5"};
  auto for_machines = request;
  for_machines.emplace_back("--json");
  const auto out = nlohmann::json::parse(simulate(for_machines).out);
  EXPECT_EQ(out["sensors"], "headset");
  EXPECT_EQ(out["ablated"], "reports");
  EXPECT_EQ(out["seed"], 5);
  const auto table = simulate(request).out;
  EXPECT_NE(table.find("with the headset alone, without answers"), std::string::npos) << table;
  EXPECT_NE(table.find("seed 5"), std::string::npos) << table;
}

TEST(SimulateCommand, SaysInOneLineWhatIsWrongAndEndsWithTwo) {
  const std::vector<std::vector<std::string>> wrong{
      {},
      {"--controller", "robot"},
      {"--controller", "fixed,fixed"},
      {"--controller", "fixed", "--plant", "c"},
      {"--controller", "fixed", "--patients", "0"},
      {"--controller", "fixed", "--patients", "many"},
      {"--controller", "fixed", "--population", "nobody"},
      {"--controller", "fixed", "--program", "nothing"},
      {"--controller", "fixed", "--patients", "010"},
      {"--controller", "fixed", "--seed", "-1"},
      {"--controller", "fixed", "--seed", "18446744073709551616"},
      {"--controller", "fixed", "--plot", "/nowhere/courses.svg"},
      {"--controller", "fixed", "--plot", "/tmp"},
      {"--controller", "fixed", "--plot", "/proc/courses.svg"},
      {"--controller", "suds", "--ablate", "reports"},
      {"--controller", "suds", "--sensors", "headset"},
      {"--controller", "adaptive", "--sensors", "none", "--ablate", "monitor"},
      {"--controller", "adaptive", "--ablate", "all"},
      {"--controller", "adaptive", "--sensors", "some"},
      {"--controller", "adaptive", "--program", "office"},
  };
  for (const auto& options : wrong) {
    const auto outcome = simulate(options);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace attune::cli::test
