#include "report/said_words.hpp"

#include <algorithm>
#include <vector>

namespace attune::report {

namespace {

struct Sentence {
  std::string_view en, zh;
};

constexpr Sentence sentences[] = {
    // the headset
    {"the headset is running", "头显已运行"},
    {"the headset stopped asking for pictures", "头显不再请求画面"},
    {"the scene is visible", "场景可见"},
    {"the scene is not visible", "场景不可见"},
    {"the session has the patient's input", "本次治疗已接收来访者的输入"},
    {"the session lost the patient's input", "本次治疗失去来访者的输入"},
    {"the patient was recentred", "已重新居中"},
    {"a controller was taken up, put down or changed", "手柄被拿起、放下或更换"},
    {"the headset was taken off", "头显已取下"},
    {"the headset was put on", "头显已戴上"},
    {"the runtime is about to lose the headset", "运行时即将失去头显"},
    {"the runtime ended the session", "运行时结束了本次治疗"},
    {"the OpenXR runtime is about to go away", "OpenXR 运行时即将退出"},
    {"the runtime wants no pictures: nothing of the scene is seen", "运行时不需要画面：看不到场景"},
    {"the runtime wants pictures again", "运行时重新需要画面"},
    {"no frame for half a second or more", "半秒以上没有画面"},
    {"the eye tracker gives nothing; the head's direction stands in for the gaze",
     "眼动仪没有数据；以头部方向代替视线"},
    {"the eye tracker gives the gaze", "眼动仪给出视线"},
    // why a step was left
    {"as the patient can take it", "根据来访者的承受能力调整级别"},
    {"a step down: the patient reported high distress", "退回一级：来访者报告痛苦程度高"},
    {"what this step is for has been reached", "已达到本级目标"},
    {"the time for this step is over", "本级时间已到"},
    // why a session ended
    {"the programme is over", "方案已完成"},
    {"the time that was set is over", "设定的时间已到"},
    {"ended by the operator", "操作者结束了本次治疗"},
};

/// With a number at each `#`, in the same order in both languages.
constexpr Sentence sentences_with_numbers[] = {
    {"raise the ceiling to # SUDS", "提高上限至 # SUDS"},
    {"the OpenXR runtime did not answer for # s", "OpenXR 运行时 # 秒无响应"},
    {"no decision came for # s: the calm garden was shown", "# 秒内没有作出决策：显示了宁静花园"},
    {"shortened from # s to # s: phases, holds and times within a phase or a step in proportion; limits as "
     "prescribed",
     "由 # 秒缩短至 # 秒：各阶段、停留及阶段或级别内的时间按比例缩短；限制按方案"},
};

/// What is rated, as it is said beside a question.
constexpr Sentence ratings[] = {
    {"distress (SUDS 0-100)", "痛苦程度（SUDS 0–100）"},
    {"comfort (0-10)", "舒适度（0–10）"},
    {"expectancy (0-100 %)", "预期可能性（0–100%）"},
    {"belief in the thought (0-100 %)", "对想法的相信程度（0–100%）"},
    {"urge (0-100)", "冲动程度（0–100）"},
    {"choice (number of the option)", "选择（选项序号）"},
};

/// The numbers of a sentence that has this pattern.
std::optional<std::vector<std::string_view>> numbers_in(std::string_view words, std::string_view pattern) {
  std::vector<std::string_view> numbers;
  for (auto gap = pattern.find('#'); gap != std::string_view::npos; gap = pattern.find('#')) {
    if (!words.starts_with(pattern.substr(0, gap))) return std::nullopt;
    words.remove_prefix(gap);
    pattern.remove_prefix(gap + 1);
    const auto length = std::min(words.find_first_not_of("0123456789.-"), words.size());
    if (length == 0) return std::nullopt;
    numbers.push_back(words.substr(0, length));
    words.remove_prefix(length);
  }
  return words == pattern ? std::optional(numbers) : std::nullopt;
}

std::string filled(std::string_view pattern, const std::vector<std::string_view>& numbers) {
  std::string out;
  auto number = numbers.begin();
  for (const char letter : pattern) {
    if (letter == '#')
      out += *number++;
    else
      out += letter;
  }
  return out;
}

/// Both languages of a sentence that has this pattern in one of them.
std::optional<Words> as(const Sentence& pattern, std::string_view words) {
  auto numbers = numbers_in(words, pattern.en);
  if (!numbers) numbers = numbers_in(words, pattern.zh);
  if (!numbers) return std::nullopt;
  return Words{filled(pattern.en, *numbers), filled(pattern.zh, *numbers)};
}

/// "asked: RATING" and "answered: NUMBER, RATING".
std::optional<Words> of_question(std::string_view words) {
  for (const auto& rating : ratings) {
    const std::string en(rating.en), zh(rating.zh);
    const std::string asked_en = "asked: " + en, asked_zh = "提问：" + zh;
    const std::string answered_en = "answered: #, " + en, answered_zh = "回答：#，" + zh;
    if (auto asked = as({asked_en, asked_zh}, words)) return asked;
    if (auto answered = as({answered_en, answered_zh}, words)) return answered;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Words> said_words(std::string_view words) {
  constexpr Sentence in_own_words[] = {{"feared outcome: ", "担心的结果："},
                                       {"what happened: ", "实际发生："}};
  for (const auto& said : in_own_words) {
    if (words.starts_with(said.en))
      return Words{std::string(words), std::string(said.zh) + std::string(words.substr(said.en.size()))};
  }
  for (const auto& sentence : sentences) {
    if (auto both = as(sentence, words)) return both;
  }
  for (const auto& sentence : sentences_with_numbers) {
    if (auto both = as(sentence, words)) return both;
  }
  return of_question(words);
}

}  // namespace attune::report
