#include "bluez_service.hpp"

#include <algorithm>
#include <map>

namespace attune::test {

namespace {

constexpr const char* adapter_interface = "org.bluez.Adapter1";
constexpr const char* device_interface = "org.bluez.Device1";
constexpr const char* service_interface = "org.bluez.GattService1";
constexpr const char* characteristic_interface = "org.bluez.GattCharacteristic1";
constexpr const char* heart_rate = "0000180d-0000-1000-8000-00805f9b34fb";
constexpr const char* heart_rate_measurement = "00002a37-0000-1000-8000-00805f9b34fb";
constexpr const char* adapter_path = "/org/bluez/hci0";

}  // namespace

std::string Strap::path() const {
  auto name = address_;
  std::replace(name.begin(), name.end(), ':', '_');
  return std::string(adapter_path) + "/dev_" + name;
}

int Strap::count(const int& number) const {
  const std::lock_guard lock(mutex_);
  return number;
}

bool Strap::connected() const {
  const std::lock_guard lock(mutex_);
  return connected_;
}

bool Strap::notifying() const {
  const std::lock_guard lock(mutex_);
  return notifying_;
}

void Strap::fail_next_connects(int count) {
  const std::lock_guard lock(mutex_);
  failing_ = count;
}

void Strap::appear(sdbus::IConnection& bus) {
  bus_ = &bus;
  device_ = sdbus::createObject(bus, path());
  export_device();
  device_->finishRegistration();
  device_->emitInterfacesAddedSignal();
}

void Strap::export_device() {
  const auto property = [this](const char* name, auto getter) {
    device_->registerProperty(name).onInterface(device_interface).withGetter(getter);
  };
  property("Address", [this] { return address_; });
  property("Name", [this] { return name_; });
  property("UUIDs", [] { return std::vector<std::string>{heart_rate}; });
  property("RSSI", [] { return std::int16_t{-60}; });
  property("Connected", [this] { return connected(); });
  property("ServicesResolved", [this] {
    const std::lock_guard lock(mutex_);
    return resolved_;
  });
  device_->registerMethod("Connect").onInterface(device_interface).implementedAs([this] { connect(); });
  device_->registerMethod("Disconnect").onInterface(device_interface).implementedAs([this] { disconnect(); });
}

void Strap::vanish() {
  if (!device_) return;
  disconnect();
  device_->emitInterfacesRemovedSignal();
  device_.reset();
}

void Strap::connect() {
  {
    const std::lock_guard lock(mutex_);
    ++connects_;
    if (failing_ > 0) {
      --failing_;
      throw sdbus::Error("org.bluez.Error.Failed", "le-connection-abort-by-local");
    }
    connected_ = true;
  }
  device_->emitPropertiesChangedSignal(device_interface, {"Connected"});
  if (!services_late_) show_services();
  {
    const std::lock_guard lock(mutex_);
    resolved_ = true;
  }
  device_->emitPropertiesChangedSignal(device_interface, {"ServicesResolved"});
}

void Strap::show_services() {
  service_ = sdbus::createObject(*bus_, path() + "/service000a");
  service_->registerProperty("UUID").onInterface(service_interface).withGetter([] {
    return std::string(heart_rate);
  });
  service_->finishRegistration();
  service_->emitInterfacesAddedSignal();

  characteristic_ = sdbus::createObject(*bus_, path() + "/service000a/char000b");
  const auto property = [this](const char* name, auto getter) {
    characteristic_->registerProperty(name).onInterface(characteristic_interface).withGetter(getter);
  };
  property("UUID", [] { return std::string(heart_rate_measurement); });
  property("Service", [this] { return sdbus::ObjectPath(path() + "/service000a"); });
  property("Notifying", [this] { return notifying(); });
  property("Value", [this] {
    const std::lock_guard lock(mutex_);
    return value_;
  });
  characteristic_->registerMethod("StartNotify").onInterface(characteristic_interface).implementedAs([this] {
    const std::lock_guard lock(mutex_);
    if (!connected_) throw sdbus::Error("org.bluez.Error.Failed", "Not connected");
    notifying_ = true;
  });
  characteristic_->finishRegistration();
  characteristic_->emitInterfacesAddedSignal();
}

void Strap::disconnect() {
  {
    const std::lock_guard lock(mutex_);
    connected_ = resolved_ = notifying_ = false;
  }
  for (auto* object : {&characteristic_, &service_}) {
    if (*object) (*object)->emitInterfacesRemovedSignal();
    object->reset();
  }
  if (device_) device_->emitPropertiesChangedSignal(device_interface, {"ServicesResolved", "Connected"});
}

void Strap::walk_away() { disconnect(); }

void Strap::measure(const std::vector<std::uint8_t>& value) {
  {
    const std::lock_guard lock(mutex_);
    if (!notifying_) return;
    value_ = value;
  }
  characteristic_->emitPropertiesChangedSignal(characteristic_interface, {"Value"});
}

BluezService::BluezService(const std::string& bus_address, std::vector<Strap*> in_the_air, Adapter adapter)
    : bus_(sdbus::createSessionBusConnectionWithAddress(bus_address)), in_the_air_(std::move(in_the_air)) {
  bus_->addObjectManager("/", sdbus::floating_slot);
  if (adapter.there) {
    adapter_ = sdbus::createObject(*bus_, adapter_path);
    adapter_->registerProperty("Powered").onInterface(adapter_interface).withGetter([adapter] {
      return adapter.powered;
    });
    adapter_->registerMethod("SetDiscoveryFilter")
        .onInterface(adapter_interface)
        .implementedAs([](const std::map<std::string, sdbus::Variant>&) {});
    adapter_->registerMethod("StartDiscovery").onInterface(adapter_interface).implementedAs([this] {
      start_search();
    });
    adapter_->registerMethod("StopDiscovery").onInterface(adapter_interface).implementedAs([] {});
    adapter_->finishRegistration();
  }
  bus_->requestName("org.bluez");
  bus_->enterEventLoopAsync();
}

BluezService::~BluezService() {
  bus_->releaseName("org.bluez");
  bus_->leaveEventLoop();
  for (auto* strap : in_the_air_) {
    strap->characteristic_.reset();
    strap->service_.reset();
    strap->device_.reset();
    const std::lock_guard lock(strap->mutex_);
    strap->connected_ = strap->resolved_ = strap->notifying_ = false;
  }
}

void BluezService::start_search() {
  if (found_) return;
  found_ = true;
  for (auto* strap : in_the_air_) strap->appear(*bus_);
}

void BluezService::forget(Strap& strap) { strap.vanish(); }

}  // namespace attune::test
