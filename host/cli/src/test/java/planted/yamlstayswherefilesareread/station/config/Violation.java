package planted.yamlstayswherefilesareread.station.config;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

final class Violation {
    YAMLFactory factory;
}
