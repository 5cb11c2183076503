package dev.brigade.rest.http;

import dev.brigade.rest.config.RestProperties;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(RestProperties properties) {
        return factory -> {
            factory.setPort(properties.port());
            factory.setAddress(properties.host());
            factory.setProtocol(ConnectionProtocol.class.getName());
            factory.addContextValves(new ConnectionValve());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(JsonErrorValve.class.getName());
                }
            });
        };
    }
}
