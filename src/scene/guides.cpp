#include "scene/guides.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/matrix_transform.hpp>

#include "scene/mesh_builder.hpp"

namespace attune::scene {

namespace {

enum GuideAoi : std::uint16_t { aoi_prompt = 150, aoi_question, aoi_stop, aoi_breathing, aoi_lead };

constexpr double appear_s = 0.6;  // time constant of what comes and goes
constexpr double flight_s = 5.0;  // of the bird that leads the gaze, once from ahead to its goal
constexpr float least_shown = 0.02F;
constexpr float breathing_in_until = 0.4F;

/// 0 with empty lungs, 1 with full ones.
float lungs(float phase) {
  const auto p = std::clamp(phase, 0.0F, 1.0F);
  const auto share =
      p < breathing_in_until ? p / breathing_in_until : (1.0F - p) / (1.0F - breathing_in_until);
  return 0.5F - 0.5F * std::cos(3.14159265F * share);
}

float guide_radius_m(float phase) { return 0.07F + 0.09F * lungs(phase); }

glm::mat4 at(glm::vec3 place, float scale) {
  return glm::scale(glm::translate(glm::mat4(1.0F), place), glm::vec3(scale));
}

glm::vec3 half_box(const PlacedPanel& panel) {
  const auto x = glm::abs(glm::vec3(panel.to_session[0])) * (0.5F * panel.size_m.x);
  const auto y = glm::abs(glm::vec3(panel.to_session[1])) * (0.5F * panel.size_m.y);
  return x + y + glm::vec3(0.01F);
}

/// A smaller panel before another: near enough to the eyes to be drawn after it wherever on it the label
/// stands, and drawn together so that it covers the same place.
Panel label_on(const PlacedPanel& panel, glm::vec2 offset_m, glm::vec2 size_m, std::string_view text) {
  constexpr auto before_m = 0.10F, seen_from_m = 1.7F, nearer = 1.0F - before_m / seen_from_m;
  Panel label;
  label.to_session = glm::translate(panel.to_session, glm::vec3(offset_m * nearer, before_m));
  label.size_m = size_m * nearer;
  label.text = text;
  label.text_height_m = 0.036F * nearer;
  label.background = glm::vec4(0.0F);
  label.foreground = {0.86F, 0.92F, 0.95F, 0.85F};
  return label;
}

/// Which of the values 0 … `top` a slider at `value` (0..1) stands at.
std::size_t chosen_of(float value, std::size_t top) {
  return static_cast<std::size_t>(std::lround(value * static_cast<float>(top)));
}

}  // namespace

Guides::Guides(PanelTexts texts) : texts_(std::move(texts)) {
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    numbers_[i] = std::to_string(i);
    percents_[i] = numbers_[i] + " %";
  }
}

void Guides::build(WorldGeometry& geometry) {
  const auto add = [&](MeshBuilder& builder) {
    geometry.meshes.push_back(builder.take());
    return static_cast<std::uint32_t>(geometry.meshes.size() - 1);
  };
  auto guide = MeshBuilder("breathing guide");
  guide.blob(glm::vec3(0.0F), glm::vec3(1.0F), 3, 0.0F, 0, {srgb(0xA9DCE6), 0.9F, 0.07F});
  guide_mesh_ = add(guide);

  auto glow = MeshBuilder("glow");
  glow.blob(glm::vec3(0.0F), glm::vec3(1.0F), 1, 0.0F, 0, {srgb(0xFFE9B0), 1.0F, 0.6F});
  glow_mesh_ = add(glow);

  const auto feathers = Paint{srgb(0xF4F1E6), 0.9F, 0.1F};
  auto bird = MeshBuilder("bird");
  bird.blob(glm::vec3(0.0F), {0.035F, 0.035F, 0.10F}, 1, 0.0F, 0, feathers);
  bird.blob({0.0F, 0.025F, -0.10F}, glm::vec3(0.028F), 1, 0.0F, 0, feathers);
  bird.tube({0.0F, 0.02F, -0.12F}, {0.0F, 0.015F, -0.16F}, 0.01F, 0.0F, 5, {srgb(0xE0A040), 0.6F});
  bird.quad({-0.02F, 0.0F, 0.08F}, {-0.04F, 0.0F, 0.19F}, {0.04F, 0.0F, 0.19F}, {0.02F, 0.0F, 0.08F},
            feathers);
  bird_mesh_ = add(bird);

  // Seen from above and from below; the left wing is this one turned about its length.
  auto wing = MeshBuilder("wing");
  const std::array plan{glm::vec3(0.0F, 0.0F, 0.06F), glm::vec3(0.20F, 0.0F, 0.05F),
                        glm::vec3(0.26F, 0.0F, -0.01F), glm::vec3(0.12F, 0.0F, -0.07F),
                        glm::vec3(0.0F, 0.0F, -0.06F)};
  auto under = plan;
  std::reverse(under.begin(), under.end());
  for (auto& corner : under) corner.y -= 0.004F;
  wing.polygon(plan, feathers);
  wing.polygon(under, feathers);
  wing_mesh_ = add(wing);
}

// The session's own furniture is nothing that a patient is meant to face: a role that counts as a target
// would make every place one where the target can be avoided, the calm one too.
std::vector<AoiName> Guides::aoi_names() {
  using telemetry::AoiRole;
  return {{aoi_prompt, AoiRole::neutral, "prompt panel"},
          {aoi_question, AoiRole::neutral, "question panel"},
          {aoi_stop, AoiRole::neutral, "stop mark"},
          {aoi_breathing, AoiRole::calm, "breathing guide"},
          {aoi_lead, AoiRole::calm, "led gaze"}};
}

void Guides::step(const Directive& directive, double dt_s, const PanelLayout& layout,
                  glm::vec3 calm_target_m) {
  directive_ = directive;
  layout_ = layout;
  calm_target_m_ = calm_target_m;
  const auto share = static_cast<float>(1.0 - std::exp(-dt_s / appear_s));
  const auto unit = [](float value) { return value > 0.0F ? std::min(value, 1.0F) : 0.0F; };
  guide_ += (unit(directive.calm_feedback) - guide_) * share;
  lead_ += (unit(directive.gaze_lead) - lead_) * share;
  flight_s_ = lead_ < least_shown ? 0.0 : std::fmod(flight_s_ + dt_s, flight_s);
}

void Guides::draw(DrawList& list) const {
  if (guide_ > least_shown) {
    list.instances.push_back({guide_mesh_,
                              at(layout_.guide_m, guide_radius_m(directive_.breath_phase)),
                              {1.0F, 1.0F, 1.0F, 0.25F + 0.5F * guide_},
                              false});
  }
  if (lead_ > least_shown) {
    draw_lights(list);
    draw_bird(list);
  }
  draw_panels(list);
}

/// Small lights that circle the calm target. After one flight each stands where its neighbour stood: no seam.
void Guides::draw_lights(DrawList& list) const {
  constexpr int lights = 10;
  for (int i = 0; i < lights; ++i) {
    const auto turns = (static_cast<float>(i) + static_cast<float>(flight_s_ / flight_s)) / lights;
    const auto angle = 6.28318531F * turns;
    const auto wave = glm::vec3(std::cos(angle), 0.35F * std::sin(2.0F * angle), -std::sin(angle));
    list.instances.push_back(
        {glow_mesh_, at(calm_target_m_ + 0.85F * wave, 0.035F), {1.0F, 1.0F, 1.0F, 0.85F * lead_}, false});
  }
}

void Guides::draw_bird(DrawList& list) const {
  const auto ahead = layout_.prompt_above.centre_m();
  const auto way = calm_target_m_ - ahead;
  const auto t = static_cast<float>(flight_s_ / flight_s);
  const auto eased = t * t * (3.0F - 2.0F * t);
  const auto place = ahead + way * eased + glm::vec3(0.0F, 0.5F * std::sin(3.14159265F * t), 0.0F);
  const auto level = glm::vec3(way.x, 0.0F, way.z);
  if (glm::length(level) < 1e-3F) return;
  // It comes out of nothing and goes into nothing, so that nothing pops up.
  const auto size = lead_ * std::clamp(8.0F * std::min(t, 1.0F - t), 0.0F, 1.0F);
  if (size < least_shown) return;

  const auto back = -glm::normalize(level);
  auto body = glm::mat4(1.0F);
  body[0] = glm::vec4(glm::cross(glm::vec3(0.0F, 1.0F, 0.0F), back), 0.0F);
  body[2] = glm::vec4(back, 0.0F);
  body[3] = glm::vec4(place, 1.0F);
  body = glm::scale(body, glm::vec3(size));
  const auto flap = 0.15F + 0.5F * static_cast<float>(std::sin(flight_s_ * 6.0 * 3.14159265));
  const auto wing = glm::rotate(body, flap, glm::vec3(0.0F, 0.0F, 1.0F));
  const auto other = glm::rotate(body, 3.14159265F - flap, glm::vec3(0.0F, 0.0F, 1.0F));
  for (const auto& [mesh, to_session] :
       {std::pair{bird_mesh_, body}, {wing_mesh_, wing}, {wing_mesh_, other}}) {
    list.instances.push_back({mesh, to_session, glm::vec4(1.0F), false});
  }
}

void Guides::draw_panels(DrawList& list) const {
  const auto asks = directive_.question.kind != telemetry::ReportKind::none;
  if (directive_.prompt > 0 && directive_.prompt <= texts_.prompts.size()) {
    const auto& place = asks ? layout_.prompt_above : layout_.prompt;
    Panel prompt;
    prompt.to_session = place.to_session;
    prompt.size_m = place.size_m;
    prompt.text = texts_.prompts[directive_.prompt - 1U];
    prompt.text_height_m = 0.05F;
    prompt.background.a = 0.9F;
    list.panels.push_back(prompt);
  }
  if (asks) draw_question(list);

  Panel stop;
  stop.to_session = layout_.stop.to_session;
  stop.size_m = layout_.stop.size_m;
  stop.text = texts_.stop;
  stop.text_height_m = 0.036F;
  stop.background = {0.45F, 0.10F, 0.07F, 0.88F};
  stop.progress = directive_.stop_progress;
  stop.round = true;
  list.panels.push_back(stop);
}

void Guides::draw_question(DrawList& list) const {
  const auto kind = directive_.question.kind;
  const auto value = std::clamp(directive_.question.value, 0.0F, 1.0F);
  const auto& place = layout_.question;
  Panel question;
  question.to_session = place.to_session;
  question.size_m = place.size_m;
  const auto asked = static_cast<std::size_t>(directive_.question.text);
  const auto* words = asked > 0 && asked <= texts_.questions.size() ? &texts_.questions[asked - 1] : nullptr;
  if (words != nullptr) question.text = words->title;
  question.text_height_m = 0.05F;
  question.background.a = 0.9F;
  question.slider = value;
  question.progress = directive_.question.progress;
  if (kind == telemetry::ReportKind::choice) {
    const auto options =
        words != nullptr ? std::span<const std::string>(words->options) : std::span<const std::string>();
    question.slider_places = static_cast<unsigned>(options.size());
    list.panels.push_back(question);
    draw_options(list, options);
    return;
  }
  list.panels.push_back(question);

  const auto half = slider_half_length * place.size_m.x;
  const auto track = -slider_below_centre * place.size_m.y;
  const auto label = [&](float x, float y, std::string_view word) {
    list.panels.push_back(label_on(place, {x, y}, {0.16F, 0.055F}, word));
  };
  const bool in_percent = kind == telemetry::ReportKind::expectancy || kind == telemetry::ReportKind::belief;
  const auto& scale = in_percent ? percents_ : numbers_;
  const auto top = kind == telemetry::ReportKind::comfort ? std::size_t{10} : std::size_t{100};
  label(half * (2.0F * value - 1.0F), track + 0.062F, scale[chosen_of(value, top)]);
  label(-half, track - 0.062F, scale[0]);
  label(half, track - 0.062F, scale[top]);
}

/// All that may be answered, each under its place on the track; the one that the slider stands at is
/// brightest.
void Guides::draw_options(DrawList& list, std::span<const std::string> options) const {
  constexpr auto height_m = 0.10F, below_track_m = 0.075F, margin_m = 0.01F;
  const auto& place = layout_.question;
  const auto half = slider_half_length * place.size_m.x;
  const auto intervals = static_cast<float>(std::max<std::size_t>(options.size(), 2) - 1);
  const auto width_m = std::min(2.0F * half / intervals, place.size_m.x / (intervals + 1.0F)) - margin_m;
  const auto outermost = 0.5F * (place.size_m.x - width_m - margin_m);
  const auto chosen =
      chosen_of(std::clamp(directive_.question.value, 0.0F, 1.0F), static_cast<std::size_t>(intervals));
  for (std::size_t i = 0; i < options.size(); ++i) {
    const auto tick = half * (2.0F * static_cast<float>(i) / intervals - 1.0F);
    const auto y = -slider_below_centre * place.size_m.y - below_track_m;
    auto label =
        label_on(place, {std::clamp(tick, -outermost, outermost), y}, {width_m, height_m}, options[i]);
    label.foreground = i == chosen ? glm::vec4(1.0F) : glm::vec4(glm::vec3(label.foreground), 0.6F);
    list.panels.push_back(label);
  }
}

void Guides::add_aois(AoiList& aois) const {
  using telemetry::AoiRole;
  const auto add = [&](std::uint16_t id, AoiRole role, const PlacedPanel& panel) {
    aois.push_back({id, role, panel.centre_m(), half_box(panel)});
  };
  const auto asks = directive_.question.kind != telemetry::ReportKind::none;
  if (directive_.prompt > 0 && directive_.prompt <= texts_.prompts.size()) {
    add(aoi_prompt, AoiRole::neutral, asks ? layout_.prompt_above : layout_.prompt);
  }
  if (asks) add(aoi_question, AoiRole::neutral, layout_.question);
  add(aoi_stop, AoiRole::neutral, layout_.stop);
  if (guide_ > least_shown) {
    aois.push_back(
        {aoi_breathing, AoiRole::calm, layout_.guide_m, glm::vec3(guide_radius_m(directive_.breath_phase))});
  }
  if (lead_ > least_shown) aois.push_back({aoi_lead, AoiRole::calm, calm_target_m_, glm::vec3(0.85F)});
}

}  // namespace attune::scene
