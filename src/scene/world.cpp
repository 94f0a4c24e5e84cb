#include "attune/scene/world.hpp"

#include <algorithm>
#include <utility>

#include "attune/core/config.hpp"
#include "attune/core/files.hpp"
#include "scene/calm_fade.hpp"
#include "scene/guides.hpp"
#include "scene/registry.hpp"
#include "scene/setting.hpp"

namespace attune::scene {

namespace {

float unit(float value) { return value > 0.0F ? std::min(value, 1.0F) : 0.0F; }

constexpr std::size_t most_instances = 512, most_panels = 16;

}  // namespace

struct World::State {
  State(std::string id_of_world, std::string title_of_world, std::unique_ptr<Setting> world_shown,
        PanelTexts texts)
      : id(std::move(id_of_world)),
        title(std::move(title_of_world)),
        world(std::move(world_shown)),
        safe_place(make_safe_place()),
        guides(std::move(texts)) {
    world->build(geometry);
    safe_place->build(geometry);
    guides.build(geometry);
    names = world->aoi_names();
    for (auto more : {safe_place->aoi_names(), Guides::aoi_names()}) {
      names.insert(names.end(), more.begin(), more.end());
    }
    list.instances.reserve(most_instances);
    list.panels.reserve(most_panels);
  }

  [[nodiscard]] Setting& shown() const { return place == Place::world ? *world : *safe_place; }
  [[nodiscard]] bool hidden() const { return directive.stimulus_hidden || place != Place::world; }

  void start();
  void advance(const Directive& asked, const WorldView& view);
  void move(double dt_s);
  void draw();

  std::string id, title;
  std::unique_ptr<Setting> world, safe_place;
  Guides guides;
  WorldGeometry geometry;
  std::vector<AoiName> names;

  PanelPlacement placement;
  CalmFade fade;
  Directive directive;
  Place place = Place::world;
  bool started = false;
  bool out_of_reach = false;  // the world cannot follow in comfort: fade, jump, and back
  AoiList aois;
  DrawList list;
};

void World::State::start() {
  started = true;
  place = directive.place;
  world->jump_to(unit(directive.intensity));
}

void World::State::move(double dt_s) {
  const auto intensity = unit(directive.intensity);
  auto at_least = unit(directive.fade);
  if (directive.place == Place::safe_place && place == Place::world) {
    // A stop hides the stimulus in this very frame: grey at once, the garden comes out of it.
    place = Place::safe_place;
    out_of_reach = false;
    at_least = 1.0F;
  }
  if (directive.stimulus_hidden && place == Place::world) at_least = 1.0F;

  const auto returns = directive.place == Place::world && place == Place::safe_place;
  fade.step(dt_s, at_least, returns || out_of_reach);
  if (fade.closed()) {
    if (returns) place = Place::world;
    if (place == Place::world) world->jump_to(intensity);
    out_of_reach = false;
  }
  const auto input = SettingInput{dt_s, directive.time.seconds(), intensity, out_of_reach, directive.variant};
  if (!shown().step(input)) out_of_reach = true;
}

void World::State::draw() {
  list.instances.clear();
  list.panels.clear();
  list.fade = fade.value();
  list.time_s = static_cast<float>(directive.time.seconds());
  shown().draw(list);
  guides.draw(list);
}

void World::State::advance(const Directive& asked, const WorldView& view) {
  const auto dt_s = started ? std::clamp(core::seconds_between(directive.time, asked.time), 0.0, 0.1) : 0.0;
  directive = asked;
  if (!started) start();
  placement.step(asked.time, view.head, view.recentred);
  move(dt_s);
  guides.step(directive, dt_s, placement.layout(), shown().calm_target_m());
  aois.clear();
  if (!fade.closed()) shown().add_aois(aois);
  guides.add_aois(aois);
}

World::World(std::unique_ptr<State> state) : state_(std::move(state)) {}
World::World(World&&) noexcept = default;
World& World::operator=(World&&) noexcept = default;
World::~World() = default;

const std::string& World::id() const { return state_->id; }
const std::string& World::title() const { return state_->title; }
const WorldGeometry& World::geometry() const { return state_->geometry; }
std::span<const AoiName> World::aoi_names() const { return state_->names; }
const AoiList& World::aois() const { return state_->aois; }
float World::wind() const { return state_->hidden() ? 0.0F : state_->world->wind(); }

const DrawList& World::apply(const Directive& directive, const WorldView& view) {
  state_->advance(directive, view);
  state_->draw();
  return state_->list;
}

void World::advance(const Directive& directive, const WorldView& view) { state_->advance(directive, view); }

telemetry::Stimulus World::stimulus() const {
  const auto& s = *state_;
  telemetry::Stimulus stimulus;
  stimulus.time = s.directive.time;
  stimulus.intensity = s.hidden() ? 0.0F : s.world->shown_intensity() * (1.0F - s.fade.value());
  stimulus.calm_feedback = unit(s.directive.calm_feedback);
  stimulus.gaze_lead = unit(s.directive.gaze_lead);
  stimulus.guide_breaths_per_min = s.directive.guide_breaths_per_min;
  stimulus.question = s.directive.question.kind;
  stimulus.asked = s.directive.question.asked;
  stimulus.options = s.directive.question.options;
  stimulus.activity = s.directive.activity;
  stimulus.variant = s.directive.variant;
  stimulus.lead_to = s.directive.lead_to;
  stimulus.gaze_reward = unit(s.directive.gaze_reward);
  stimulus.probe = s.directive.probe;
  stimulus.aois = s.aois;
  return stimulus;
}

core::Result<World> parse_world(const std::string& id, const std::string& text, const std::string& file_name,
                                PanelTexts texts) {
  const auto maker = find_world(id);
  if (maker == nullptr) {
    auto known = std::string();
    for (const auto& name : world_ids()) known += (known.empty() ? "" : ", ") + name;
    return core::bad_input("world '" + id + "' is not known; known: " + known);
  }
  auto file = core::ConfigFile::parse(text, file_name);
  if (!file) return file.error();

  auto& root = file->root();
  if (const auto named = root.text("id"); named != id && !named.empty()) {
    root.problem("id", "is '" + named + "', but the folder is '" + id + "'");
  }
  const auto title = root.text("title");
  auto setting = maker(root);
  root.finish();
  if (const auto checked = file->check(); !checked) return checked.error();
  return World(std::make_unique<World::State>(id, title, std::move(setting), std::move(texts)));
}

std::filesystem::path world_file(const std::string& id, const std::filesystem::path& assets) {
  return (assets.empty() ? core::assets_folder() : assets) / "worlds" / id / "world.toml";
}

core::Result<World> load_world(const std::string& id, PanelTexts texts, const std::filesystem::path& assets) {
  const auto path = world_file(id, assets);
  // An unknown world is said to be one before its file is missed.
  const auto text = find_world(id) == nullptr ? core::Result<std::string>("") : core::read_text(path);
  if (!text) return text.error();
  return parse_world(id, *text, path.string(), std::move(texts));
}

}  // namespace attune::scene
