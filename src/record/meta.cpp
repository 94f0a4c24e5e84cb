#include "attune/record/meta.hpp"

#include "record/payload.hpp"

namespace attune::record {

namespace {

/// One number a field. Never renumbered; a reader passes over those it does not know.
enum class Field : std::uint8_t {
  start_unix_ns = 1,
  source = 2,
  source_detail = 3,
  patient = 4,
  purpose = 5,
  display_rate_hz = 6,
  program_id = 7,
  program_text = 8,
  world_id = 9,
  build = 10,
  seed = 11,
  inference = 12,
  gaze = 13,
  runtime = 14,
  models = 15,
  aois = 16,
  features = 17,
  reasons = 18,
  holds = 19,
  states = 20,
  phases = 21,
  prompts = 22,
  program_length_s = 23,
  session_number = 24,
};

class MetaWriter {
 public:
  explicit MetaWriter(ByteWriter& out) : out_(out) {}

  template <Scalar T>
  void operator()(Field field, const T& value) {
    start(field, sizeof(T));
    out_.put(value);
  }
  void operator()(Field field, const std::string& text) {
    start(field, text.size());
    out_.put({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  void operator()(Field field, const NameTable& table) {
    ByteWriter body;
    for (const auto& entry : table.entries()) {
      body.put(entry.id);
      body.put_text(entry.name);
    }
    start(field, body.size());
    out_.put(body.bytes());
  }
  void operator()(Field field, const std::vector<ModelUsed>& models) {
    ByteWriter body;
    for (const auto& model : models) {
      body.put_text(model.name);
      body.put_text(model.hash);
    }
    start(field, body.size());
    out_.put(body.bytes());
  }

 private:
  void start(Field field, std::size_t length) {
    out_.put(field);
    out_.put(static_cast<std::uint32_t>(length));
  }
  ByteWriter& out_;
};

/// Reads the one field whose number it was given.
class MetaFieldReader {
 public:
  MetaFieldReader(Field field, std::span<const std::uint8_t> body) : field_(field), body_(body) {}

  template <Scalar T>
  void operator()(Field field, T& value) {
    if (field != field_) return;
    ok_ = body_.size() == sizeof(T);
    if (ok_) value = ByteReader(body_).get<T>();
  }
  void operator()(Field field, std::string& text) {
    if (field == field_) text.assign(body_.begin(), body_.end());
  }
  void operator()(Field field, NameTable& table) {
    if (field != field_) return;
    ByteReader in(body_);
    while (in.ok() && in.left() > 0) {
      const auto id = in.get<std::uint32_t>();
      auto name = in.get_text();
      if (in.ok()) table.add(id, std::move(name));
    }
    ok_ = in.ok();
  }
  void operator()(Field field, std::vector<ModelUsed>& models) {
    if (field != field_) return;
    ByteReader in(body_);
    while (in.ok() && in.left() > 0) {
      ModelUsed model;
      model.name = in.get_text();
      model.hash = in.get_text();
      if (in.ok()) models.push_back(std::move(model));
    }
    ok_ = in.ok();
  }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  Field field_;
  std::span<const std::uint8_t> body_;
  bool ok_ = true;
};

template <class Archive, class M>
void describe_meta(Archive& archive, M& meta) {
  archive(Field::start_unix_ns, meta.start_unix_ns);
  archive(Field::source, meta.source);
  archive(Field::source_detail, meta.source_detail);
  archive(Field::patient, meta.patient);
  archive(Field::purpose, meta.purpose);
  archive(Field::display_rate_hz, meta.display_rate_hz);
  archive(Field::program_id, meta.program_id);
  archive(Field::program_text, meta.program_text);
  archive(Field::world_id, meta.world_id);
  archive(Field::build, meta.build);
  archive(Field::seed, meta.seed);
  archive(Field::inference, meta.inference);
  archive(Field::gaze, meta.gaze);
  archive(Field::runtime, meta.runtime);
  archive(Field::models, meta.models);
  archive(Field::aois, meta.aois);
  archive(Field::features, meta.features);
  archive(Field::reasons, meta.reasons);
  archive(Field::holds, meta.holds);
  archive(Field::states, meta.states);
  archive(Field::phases, meta.phases);
  archive(Field::prompts, meta.prompts);
  archive(Field::program_length_s, meta.program_length_s);
  archive(Field::session_number, meta.session_number);
}

}  // namespace

void encode_meta(ByteWriter& out, const Meta& meta) {
  MetaWriter writer(out);
  describe_meta(writer, meta);
}

std::optional<Meta> decode_meta(std::span<const std::uint8_t> bytes) {
  Meta meta;
  ByteReader in(bytes);
  while (in.ok() && in.left() > 0) {
    const auto field = in.get<Field>();
    const auto body = in.take(in.get<std::uint32_t>());
    if (!in.ok()) return std::nullopt;
    MetaFieldReader reader(field, body);
    describe_meta(reader, meta);
    if (!reader.ok()) return std::nullopt;
  }
  return meta;
}

}  // namespace attune::record
