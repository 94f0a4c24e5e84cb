#include "attune/learn/search.hpp"

#include <gtest/gtest.h>

#include "attune/core/files.hpp"
#include "learn/lessons.hpp"
#include "learn/trial_file.hpp"
#include "support.hpp"

namespace attune::learn {
namespace {

class Search : public ::testing::Test {
 protected:
  SearchOptions options(const std::string& name, std::size_t trials) {
    SearchOptions options;
    options.file = folder_ / name;
    options.trials = trials;
    options.first.epochs = 2;
    return options;
  }
  [[nodiscard]] std::string text(const std::string& name) const { return *core::read_text(folder_ / name); }

  test::ScratchFolder folder_;
  Dataset data_ = test::people(8, 12);
};

TEST_F(Search, TakesForEveryNetworkWhatServedItsOwnValidationPeopleBest) {
  const auto searched = search_settings(data_, options("t.csv", 6));
  ASSERT_TRUE(searched.ok()) << searched.error().message;
  EXPECT_EQ(searched->trials, 6U);
  ASSERT_EQ(searched->judged.size(), 5U);
  auto rows = text("t.csv");
  std::string name = rows.substr(0, rows.size() - 1);
  name = name.substr(name.rfind(',') + 1);
  const auto file = TrialFile::open(folder_ / "t.csv", name, 6);
  ASSERT_TRUE(file.ok()) << file.error().message;
  ASSERT_EQ(file->trials().size(), 6U);
  EXPECT_EQ(file->trials()[0].settings.epochs, 2U) << "the first is as given";
  for (std::size_t network = 0; network < 6; ++network) {
    const auto& chosen = network == 0 ? searched->kept : searched->judged[network - 1];
    double of_chosen = 0.0, least = 1.0;
    for (const auto& trial : file->trials()) {
      least = std::min(least, trial.errors[network]);
      if (trial.settings == chosen) of_chosen = trial.errors[network];
    }
    EXPECT_EQ(of_chosen, least);
  }
  // What a row says of a network is what training with its settings gives.
  TrainingOptions training;
  training.settings = file->trials()[3].settings;
  const auto trained = train_monitor(data_, training);
  ASSERT_TRUE(trained.ok()) << trained.error().message;
  const auto& figures = trained->figures;
  EXPECT_EQ(figures.epochs[figures.best_epoch].validation, file->trials()[3].errors[0]);
  EXPECT_EQ(figures.best_epoch, file->trials()[3].epochs[0]);
}

TEST_F(Search, ThoseWhoJudgeANetworkHaveNoPartInItsSettings) {
  const auto searched = search_settings(data_, options("t.csv", 4));
  ASSERT_TRUE(searched.ok()) << searched.error().message;
  // The people who judge the third network now say the opposite.
  const auto part_of = data_.parts_by_people(5, 1);
  Dataset changed;
  for (auto sample : data_) {
    if (part_of.at(sample.person) == 2) sample.label = 1.0F - sample.label;
    changed.add(sample);
  }
  const auto again = search_settings(changed, options("c.csv", 4));
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_TRUE(searched->judged[2] == again->judged[2]);
  EXPECT_NE(text("t.csv"), text("c.csv")) << "others learn from them and are chosen by them";
}

TEST_F(Search, ThatIsStoppedOrCutShortGoesOnAsIfItHadNotBeen) {
  const auto whole = search_settings(data_, options("whole.csv", 5));
  ASSERT_TRUE(whole.ok()) << whole.error().message;
  auto first = options("parts.csv", 5);
  std::size_t done = 0;
  first.on_trial = [&](std::size_t trials) { done = trials; };
  first.stop = [&] { return done == 3; };
  const auto stopped = search_settings(data_, first);
  ASSERT_TRUE(stopped.ok()) << stopped.error().message;
  EXPECT_TRUE(stopped->interrupted);
  EXPECT_EQ(stopped->trials, 3U);
  // A kill in the middle of a row.
  auto rows = text("parts.csv");
  ASSERT_TRUE(core::write_whole(folder_ / "parts.csv", rows.substr(0, rows.size() - 9)).ok());
  const auto rest = search_settings(data_, options("parts.csv", 5));
  ASSERT_TRUE(rest.ok()) << rest.error().message;
  EXPECT_EQ(text("parts.csv"), text("whole.csv"));
  EXPECT_TRUE(rest->kept == whole->kept);
  EXPECT_TRUE(rest->judged == whole->judged);
  // Fewer trials than are in the file: those that were asked for.
  const auto fewer = search_settings(data_, options("parts.csv", 1));
  ASSERT_TRUE(fewer.ok());
  EXPECT_EQ(fewer->kept.epochs, 2U);
}

TEST_F(Search, RefusesRowsOfAnotherSearchByFileAndRow) {
  ASSERT_TRUE(search_settings(data_, options("t.csv", 2)).ok());
  const auto refused = [&](const Dataset& data, const SearchOptions& search) {
    const auto searched = search_settings(data, search);
    return searched.ok() ? std::string("accepted") : searched.error().message;
  };
  auto other = options("t.csv", 2);
  other.seed = 2;
  EXPECT_NE(refused(data_, other).find("t.csv:2: is of other data or options"), std::string::npos);
  EXPECT_NE(refused(test::people(8, 13), options("t.csv", 2)).find("t.csv:2:"), std::string::npos);
  ASSERT_TRUE(core::write_whole(folder_ / "t.csv", "patients,notes\n1,2\n").ok());
  EXPECT_NE(refused(data_, options("t.csv", 2)).find("t.csv:1: is no list of trials"), std::string::npos);
  EXPECT_EQ(text("t.csv"), "patients,notes\n1,2\n") << "what is not ours is left alone";
}

TEST_F(Search, ASettingThatGoesAstrayLosesAndEndsNothing) {
  auto search = options("t.csv", 2);
  search.first.learning_rate = 1e30;
  const auto searched = search_settings(data_, search);
  ASSERT_TRUE(searched.ok()) << searched.error().message;
  EXPECT_LT(searched->kept.learning_rate, 1.0);
  EXPECT_NE(text("t.csv").find(",inf,0,"), std::string::npos) << text("t.csv");
}

}  // namespace
}  // namespace attune::learn
