#include "session/anxiety_words.hpp"

#include <algorithm>
#include <cmath>

#include "attune/state/features.hpp"

namespace attune::session {

namespace {

using treatment::Language;

/// The signs of one direction, most important first: "heart rate, skin conductance".
bool add_signs(FixedText& text, const record::Snapshot& snapshot, bool raising, const char* before,
               bool chinese) {
  bool any = false;
  for (const auto& part : snapshot.top) {
    if ((part.effect > 0.0F) != raising || part.feature >= state::feature_count) continue;
    text.add_text(any ? (chinese ? "、" : ", ") : before);
    const auto& feature = state::feature_table[part.feature];
    text.add_text(chinese ? feature.words_zh : feature.words_en);
    any = true;
  }
  return any;
}

void add_work(FixedText& text, const treatment::WorkSigns& work, bool chinese) {
  if (work.clicks_per_min) {
    text.add(chinese ? "点击每分钟 %.0f 次（开始时 %.0f）；" : "clicks %.0f a minute (%.0f at the start); ",
             static_cast<double>(work.clicks_per_min->now), static_cast<double>(work.clicks_per_min->start));
  }
  if (work.screen_share) {
    text.add(chinese ? "屏幕前时间 %.0f%%（开始时 %.0f%%）；"
                     : "at the screen %.0f %% of the time (%.0f %% at the start); ",
             100.0 * static_cast<double>(work.screen_share->now),
             100.0 * static_cast<double>(work.screen_share->start));
  }
  if (work.task_gaze_share) {
    text.add(chinese ? "目光停留在任务上 %.0f%%。" : "eyes on the task %.0f %%.",
             100.0 * static_cast<double>(*work.task_gaze_share));
  }
}

}  // namespace

LikelyAnxiety likely_anxiety(const record::DecisionRecord& decision) {
  constexpr double of_95_percent = 1.96;
  const double mean = static_cast<double>(decision.x_mean);
  const double reach = of_95_percent * std::sqrt(std::max(static_cast<double>(decision.x_variance), 0.0));
  return {100.0 * mean, 100.0 * std::max(mean - reach, 0.0), 100.0 * std::min(mean + reach, 1.0)};
}

FixedText anxiety_words(const LikelyAnxiety& anxiety, const record::Snapshot* snapshot,
                        const treatment::WorkSigns& work, Language language) {
  const bool chinese = language == Language::chinese;
  FixedText text;
  text.add(chinese ? "很可能焦虑：约 %.0f（0–100），95%% 区间 %.0f–%.0f。"
                   : "anxiety is likely: about %.0f of 100, with 95 %% between %.0f and %.0f. ",
           anxiety.mean, anxiety.low, anxiety.high);
  if (snapshot == nullptr) {
    text.add_text(chinese ? "依据来访者的自我报告。" : "Known from what the patient reported.");
    return text;
  }
  const bool up = add_signs(text, *snapshot, true, chinese ? "使估计升高的：" : "What raises it: ", chinese);
  if (up) text.add_text(chinese ? "。" : ". ");
  const bool down =
      add_signs(text, *snapshot, false, chinese ? "使估计降低的：" : "What speaks against it: ", chinese);
  if (down) text.add_text(chinese ? "。" : ". ");
  if (snapshot->report_share > 0.5F)
    text.add_text(chinese ? "主要依据自我报告。" : "Most of it comes from reports. ");
  if (work.heart_bpm) {
    text.add(chinese ? "心率每分钟 %.0f 次（静息时 %.0f）。" : "Heart rate %.0f a minute (%.0f at rest). ",
             static_cast<double>(work.heart_bpm->now), static_cast<double>(work.heart_bpm->start));
  }
  if (work.clicks_per_min || work.screen_share || work.task_gaze_share) {
    text.add_text(chinese ? "工作中：" : "At the desk: ");
    add_work(text, work, chinese);
  }
  return text;
}

}  // namespace attune::session
