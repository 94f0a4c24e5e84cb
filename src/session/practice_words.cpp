#include "session/practice_words.hpp"

#include <numeric>

namespace attune::session {

namespace {

using telemetry::Activity;
using treatment::Language;

constexpr double z_95 = 1.959964;  // 97.5 % point of the normal

double number(float value) { return static_cast<double>(value); }

void add_breathing(FixedText& text, const treatment::BreathingResult& result,
                   const treatment::Programme& programme, Language language) {
  const bool chinese = language == Language::chinese;
  if (!(result.breathed_s > 0.0)) return;
  text.add_text(programme.practices.breathing.protocol.in(language));
  text.add(chinese ? "：%.1f 分钟" : ": %.1f minutes", result.breathed_s / 60.0);
  // What was found before what it was found from: words that do not fit are cut off at their end.
  if (result.resonance_breaths_per_min) {
    text.add(chinese ? "。共振频率：每分钟 %.2g 次" : ". Resonance at %.2g breaths a minute",
             number(*result.resonance_breaths_per_min));
  }
  bool is_first = true;
  for (const auto& tried : result.tried) {
    const char* const first = chinese ? "；心率摆动（次/分）：每分钟呼吸 %.2g 次时 %.1f"
                                      : "; swing of the heart rate, in beats a minute: at %.2g breaths %.1f";
    text.add(is_first  ? first
             : chinese ? "，%.2g 次时 %.1f"
                       : ", at %.2g %.1f",
             number(tried.breaths_per_min), number(tried.swing_bpm));
    is_first = false;
  }
}

void add_probe(FixedText& text, const treatment::ProbeResult& result, bool chinese) {
  if (result.shown == 0) return;
  text.add(chinese ? "点探测：%d 次中答 %d 次，对 %d 次" : "dot-probe: %d trials, %d answered, %d right",
           int{result.shown}, int{result.answered}, int{result.correct});
  if (!result.bias_ms) {
    text.add_text(chinese ? "；回答太少，不作结论" : "; too few answers for an index");
    return;
  }
  const double bias = number(*result.bias_ms), reach = z_95 * number(result.bias_error_ms.value_or(0.0F));
  text.add(chinese ? "；偏向指数 %.0f 毫秒，95%% 区间 %.0f 至 %.0f 毫秒"
                   : "; bias %.0f ms, with 95 %% between %.0f and %.0f",
           bias, bias - reach, bias + reach);
  if (result.odd_half_ms && result.even_half_ms) {
    text.add(chinese ? "；两半分别为 %.0f 和 %.0f 毫秒" : "; in its halves %.0f and %.0f ms",
             number(*result.odd_half_ms), number(*result.even_half_ms));
  }
  text.add_text(chinese ? "。这只是测量，不是训练；一次数值很难说明一个人的情况"
                        : ". It measures only, and one value says little about one person");
}

void add_thought(FixedText& text, const treatment::ThoughtRatings& thought, bool chinese) {
  if (thought.belief_before) {
    text.add(chinese ? "想法的可信程度：之前 %.0f%%" : "belief in the thought: %.0f %% before",
             number(*thought.belief_before));
    if (thought.belief_after)
      text.add(chinese ? "，之后 %.0f%%" : ", %.0f %% after", number(*thought.belief_after));
  }
  if (thought.distress_before && thought.distress_after) {
    text.add(chinese ? "；痛苦程度：之前 %.0f，之后 %.0f" : "; distress: %.0f before, %.0f after",
             number(*thought.distress_before), number(*thought.distress_after));
  }
}

double calm_share(const treatment::GazeTrainingResult& result) {
  return result.seen_s > 0.0 ? result.calm_s / result.seen_s : 0.0;
}

}  // namespace

FixedText practice_words(Activity activity, const treatment::PracticeResult& result,
                         const treatment::Programme& programme, Language language) {
  const bool chinese = language == Language::chinese;
  FixedText text;
  switch (activity) {
    case Activity::breathing:
      add_breathing(text, result.breathing, programme, language);
      break;
    case Activity::dot_probe:
      add_probe(text, result.probe, chinese);
      break;
    case Activity::thought_record:
    case Activity::experiment:
      add_thought(text, result.thought, chinese);
      break;
    case Activity::gaze_training:
      if (result.gaze_training.seen_s > 0.0) {
        text.add(chinese ? "注视训练：至今 %.0f%% 的时间注视平静之物"
                         : "gaze training: on something calm %.0f %% of the time so far",
                 100.0 * calm_share(result.gaze_training));
      }
      break;
    case Activity::grounding: {
      const auto& found = result.grounding.found;
      text.add(chinese ? "着陆练习：看 %d、触 %d、听 %d、嗅 %d、尝 %d"
                       : "grounding: %d seen, %d touched, %d heard, %d smelt, %d tasted",
               int{found[0]}, int{found[1]}, int{found[2]}, int{found[3]}, int{found[4]});
      break;
    }
    case Activity::movement:
      text.add(chinese ? "活动休息：活动了 %.0f 秒" : "movement break: %.0f s of movement",
               result.movement.moved_s);
      break;
    case Activity::social:
      text.add(chinese ? "看向他人 %.0f 秒" : "looked at people for %.0f s", result.social.looked_s);
      if (result.thought.belief_after) {
        text.add_text(chinese ? "；" : "; ");
        add_thought(text, result.thought, chinese);
      }
      break;
    default:
      break;
  }
  return text;
}

std::optional<double> practice_figure(Activity activity, const treatment::PracticeResult& result) {
  const auto of = [](const std::optional<float>& value) {
    return value ? std::optional<double>(number(*value)) : std::nullopt;
  };
  switch (activity) {
    case Activity::breathing:
      return of(result.breathing.resonance_breaths_per_min);
    case Activity::dot_probe:
      return of(result.probe.bias_ms);
    case Activity::thought_record:
    case Activity::experiment:
      if (!result.thought.belief_before || !result.thought.belief_after) return std::nullopt;
      return number(*result.thought.belief_after - *result.thought.belief_before);
    case Activity::gaze_training:
      if (!(result.gaze_training.seen_s > 0.0)) return std::nullopt;
      return calm_share(result.gaze_training);
    case Activity::grounding:
      return std::accumulate(result.grounding.found.begin(), result.grounding.found.end(), 0.0);
    case Activity::movement:
      return result.movement.moved_s;
    case Activity::social:
      return result.social.looked_s;
    default:
      return std::nullopt;
  }
}

FixedText card_words(const treatment::ExpectancyCard& card, const treatment::Programme& programme,
                     Language language) {
  const bool chinese = language == Language::chinese;
  FixedText text;
  text.add_text(chinese ? "预期卡：“" : "expectancy card: “");
  text.add_text(programme.feared.in(language));
  text.add_text("”");
  if (card.before) text.add(chinese ? "；之前 %.0f%%" : "; %.0f %% likely before", number(*card.before));
  if (card.happened) {
    for (const auto& question : programme.questions) {
      if (question.card != treatment::CardItem::happened || *card.happened >= question.options.size())
        continue;
      text.add_text(chinese ? "；发生了吗：" : "; did it happen: ");
      text.add_text(question.options[*card.happened].in(language));
    }
  }
  if (card.after) text.add(chinese ? "；现在 %.0f%%" : "; %.0f %% likely now", number(*card.after));
  return text;
}

}  // namespace attune::session
